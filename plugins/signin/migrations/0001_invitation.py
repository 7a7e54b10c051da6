from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.CharField(db_index=True, max_length=255)),
                ("role", models.CharField(max_length=150)),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("made_by", models.CharField(max_length=255)),
                ("made_at", models.DateTimeField(default=timezone.now)),
                ("expires", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={"ordering": ("-made_at",)},
        ),
    ]
