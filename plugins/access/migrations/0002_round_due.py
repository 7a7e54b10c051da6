from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("vib_access", "0001_initial")]

    operations = [
        migrations.AddField(model_name="round", name="due", field=models.DateField(blank=True, null=True)),
    ]
