from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("vib_access", "0003_own_practice"), ("tasks", "0060_add_allow_skip_to_task")]

    operations = [
        migrations.CreateModel(
            name="Withheld",
            fields=[
                (
                    "task",
                    models.OneToOneField(
                        on_delete=models.CASCADE,
                        primary_key=True,
                        related_name="vib_withheld",
                        serialize=False,
                        to="tasks.task",
                    ),
                ),
                ("clip", models.CharField(db_index=True, max_length=255)),
            ],
            options={"verbose_name_plural": "withheld"},
        ),
    ]
