using System.Collections.Immutable;
using Sluice.Rollouts.Spec.Reading.Documents;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>Reads the requests that the rollout sends itself, and holds them against the models' signatures.</summary>
/// <param name="signatures">Holds a table against them.</param>
/// <param name="mistakes">Takes the mistakes.</param>
internal sealed class ProbeReader(SignatureRules signatures, Mistakes mistakes)
{
    private const int MostRows = 100_000;

    /// <summary>Reads both files; null after a mistake that leaves nothing to send.</summary>
    /// <param name="samplePath">The smoke test's file: <c>{"input_data": …}</c>, or any JSON where no model is served by MLflow.</param>
    /// <param name="requestsPath">
    /// The probes' file: <c>{"columns": […], "data": [[…], …]}</c>, or a list of bodies such as the sample is; null when the sample is the only
    /// probe.
    /// </param>
    /// <param name="models">The models that will get the requests by way of MLflow.</param>
    /// <param name="isMlflowServed">
    /// Whether a deployment will get the requests that has no code and no environment of its own: what a scoring script wants, only its
    /// author knows.
    /// </param>
    public ProbeSpec? Read(FilePath samplePath, FilePath? requestsPath, IReadOnlyList<ModelReading> models, bool isMlflowServed)
    {
        var sample = ReadSample(samplePath, models, isMlflowServed);
        if (requestsPath is null)
        {
            return sample is null ? null : new ProbeSpec(sample, samplePath.Absolute, [sample]);
        }

        var bodies = ReadBodies(requestsPath, models, isMlflowServed);
        return sample is null || bodies.IsDefault
            ? null
            : new ProbeSpec(sample, samplePath.Absolute, bodies);
    }

    private ImmutableArray<string> ReadBodies(FilePath path, IReadOnlyList<ModelReading> models, bool isMlflowServed)
    {
        switch (new DocumentFile(path).ReadJson(mistakes))
        {
            case null:
                return default;
            case SpecList { Items.Length: > 0 and <= MostRows } bodies:
                // What is wrong with one is likely to be wrong with all.
                string[] read = [.. bodies.Items.Select(body => ReadBody(body, models, isMlflowServed)).TakeWhile(body => body is not null).OfType<string>()];
                return read.Length == bodies.Items.Length ? [.. read] : default;
            case SpecList list:
                mistakes.Add(list.Place, $"The document has {list.Items.Length} requests; allowed: 1 to {MostRows}.");
                return default;
            case { } requests:
                var table = MapReader.Read(requests, "", mistakes, ReadTable, takesNulls: true);
                if (table is null)
                {
                    return default;
                }

                signatures.Check(table, models);
                return table.ToBodies();
        }
    }

    private string? ReadSample(FilePath path, IReadOnlyList<ModelReading> models, bool isMlflowServed) =>
        new DocumentFile(path).ReadJson(mistakes) is { } document ? ReadBody(document, models, isMlflowServed) : null;

    private string? ReadBody(SpecNode document, IReadOnlyList<ModelReading> models, bool isMlflowServed)
    {
        var input = (document as SpecMap)?.Find("input_data");
        if (input is null)
        {
            if (!isMlflowServed)
            {
                return JsonText.Of(document);
            }

            mistakes.Add(document.Place, "input_data is missing; allowed: the body of a request, {\"input_data\": …}.");
            return null;
        }

        // Tensors are lists, or maps of lists; only a table has columns that a signature can be held against.
        if (input.Value is SpecMap map && map.Find("columns") is not null && MapReader.Read(map, "input_data", mistakes, ReadTable, takesNulls: true) is { } table)
        {
            signatures.Check(table, models);
        }

        return JsonText.Of(document);
    }

    /// <summary>Reads columns and rows; null after a mistake.</summary>
    public static ProbeTable? ReadTable(MapReader map)
    {
        map.Ignored("index");
        if (map.Node("columns") is not SpecList { Items: [_, ..] } columns
            || columns.Items.Any(column => column is not SpecScalar { Types: ScalarTypes.Text }))
        {
            map.Mistake("columns", $"{map.PathOf("columns")} is missing or no list of texts; allowed: the names of the columns.");
            return null;
        }

        var twice = columns.Items.Cast<SpecScalar>().GroupBy(column => column.Text).FirstOrDefault(names => names.Count() > 1);
        if (twice is not null)
        {
            map.Mistake(twice.Last().Place, $"{map.PathOf("columns")} has {twice.Last().Found} twice; allowed: each name once.");
        }

        if (map.Node("data") is not SpecList { Items: [_, ..] and { Length: <= MostRows } } data)
        {
            map.Mistake("data", $"{map.PathOf("data")} is missing or has no rows; allowed: a list of 1 to {MostRows} rows.");
            return null;
        }

        foreach (var row in data.Items)
        {
            if (row is not SpecList list || list.Items.Length != columns.Items.Length)
            {
                var found = row is SpecList { Items.Length: var length } ? $"{length} values" : row.Found;
                map.Mistake(row.Place, $"A row is {found}; allowed: a list of {columns.Items.Length} values, one for each column.");
            }
        }

        return new ProbeTable(
            columns.Place,
            [.. columns.Items.Cast<SpecScalar>().Select(column => column.Text)],
            JsonText.Of(columns),
            data.Items);
    }
}
