using Sluice.Rollouts.Spec.Reading.Documents;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>Holds the tables of requests against the signatures of the models that will get them by way of MLflow.</summary>
/// <param name="mistakes">Takes the mistakes.</param>
internal sealed class SignatureRules(Mistakes mistakes)
{
    /// <summary>Applies the rules: both have the same columns, and each value is one of its column's type.</summary>
    /// <param name="table">The table.</param>
    /// <param name="models">The models. One whose signature has no columns with names takes any table.</param>
    public void Check(ProbeTable table, IEnumerable<ModelReading> models)
    {
        foreach (var model in models.Where(model => !model.Columns.IsEmpty))
        {
            CheckNames(table, model);
            foreach (var column in model.Columns)
            {
                CheckValues(table, column);
            }
        }
    }

    private void CheckNames(ProbeTable table, ModelReading model)
    {
        foreach (var column in table.Columns.Where(sent => model.Columns.All(known => known.Name != sent)))
        {
            mistakes.Add(
                model.SignaturePlace,
                $"signature.inputs has no column \"{column}\", which {table.Place.Shown} sends; allowed: a signature with every column "
                + "that is sent.");
        }

        foreach (var column in model.Columns.Where(known => known.IsRequired && !table.Columns.Contains(known.Name)))
        {
            mistakes.Add(
                table.Place,
                $"The columns lack \"{column.Name}\"; allowed: every column that {model.SignaturePlace.Shown} requires.");
        }
    }

    /// <summary>A column that is wrong is often wrong in each row, so it is told once. Rows of another length have been told.</summary>
    private void CheckValues(ProbeTable table, SignatureColumn column)
    {
        var index = table.Columns.IndexOf(column.Name);
        if (index < 0)
        {
            return;
        }

        var wrong = table.Rows
            .Select((row, i) => (Number: i + 1, Value: (row as SpecList)?.Items.ElementAtOrDefault(index)))
            .Where(row => row.Value is not null && !column.Takes(row.Value))
            .ToArray();
        if (wrong is [var first, .. var others])
        {
            var more = others.Length switch { 0 => "", 1 => ", and another row has such a value", var count => $", and {count} other rows have such values" };
            mistakes.Add(
                first.Value!.Place,
                $"Row {first.Number} has {first.Value.Found} in the column \"{column.Name}\"{more}; allowed: {column.Allowed}, for the column's "
                + $"type in the signature is {column.Type}.");
        }
    }
}
