import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tasks", "0060_add_allow_skip_to_task"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Settling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.CharField(blank=True, default="", max_length=100)),
                ("tier", models.CharField(max_length=200)),
                ("attribute", models.CharField(blank=True, default="", max_length=200)),
                ("start", models.FloatField()),
                ("end", models.FloatField()),
                ("settled", models.BooleanField()),
                ("note", models.TextField(blank=True, default="")),
                ("audience", models.CharField(default="shared", max_length=10)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="vib_settlings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="vib_settlings", to="tasks.task"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="settling",
            index=models.Index(fields=["task", "-at"], name="vib_settling_at"),
        ),
    ]
