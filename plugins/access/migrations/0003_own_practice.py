from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("vib_access", "0002_round_due")]

    operations = [
        migrations.AddField(model_name="familygrant", name="own_practice", field=models.BooleanField(default=False)),
    ]
