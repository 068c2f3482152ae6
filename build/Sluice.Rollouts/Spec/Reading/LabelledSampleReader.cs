using System.Collections.Immutable;
using Sluice.Rollouts.Spec.Gates;
using Sluice.Rollouts.Spec.Reading.Documents;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>Reads rows whose right labels are known.</summary>
internal static class LabelledSampleReader
{
    private const int MostRows = 10_000;
    private const int MostShown = 5;

    /// <summary>Characters of all labels together, as JSON: they and the answers become one line of the journal.</summary>
    private const int MostOfLabels = 300_000;

    /// <summary>Reads the file's document; null after a mistake.</summary>
    /// <param name="map">The document.</param>
    /// <param name="path">The file's path.</param>
    /// <param name="tables">Takes the rows where they are a table, which signatures can be held against.</param>
    public static LabelledSample? Read(MapReader map, string path, ICollection<ProbeTable> tables)
    {
        var rows = map.Has("requests") ? ReadRequests(map) : ReadTable(map, tables);
        var labels = map.Node("labels") as SpecList;
        if (labels is not { Items.Length: > 0 and <= MostRows } || labels.Items.Any(label => label is not SpecScalar { IsNull: false }))
        {
            map.Mistake("labels", $"{map.PathOf("labels")} is missing or no list of values; allowed: 1 to {MostRows} numbers, texts, true or false.");
            return null;
        }

        if (rows.IsDefault)
        {
            return null;
        }

        if (rows.Length != labels.Items.Length)
        {
            map.Mistake("labels", $"There are {labels.Items.Length} labels; allowed: one for each of the {rows.Length} rows.");
            return null;
        }

        ImmutableArray<string> texts = [.. labels.Items.Select(JsonText.Of)];
        if (texts.Sum(text => (long)text.Length) is > MostOfLabels and var length)
        {
            map.Mistake("labels", $"The {map.PathOf("labels")} have {length} characters together; allowed: {MostOfLabels}.");
            return null;
        }

        if (map.Node("positive") is not { } node)
        {
            return new(path, rows, texts);
        }

        var positive = JsonText.Of(node);
        if (!texts.Contains(positive))
        {
            map.Mistake("positive", $"{map.PathOf("positive")} is {positive}; allowed: one of the labels, {string.Join(", ", texts.Distinct().Take(MostShown))}.");
            return null;
        }

        return new(path, rows, texts) { Positive = positive };
    }

    private static ImmutableArray<string> ReadTable(MapReader map, ICollection<ProbeTable> tables)
    {
        if (ProbeReader.ReadTable(map) is not { } table)
        {
            return default;
        }

        tables.Add(table);
        return table.ToBodies();
    }

    private static ImmutableArray<string> ReadRequests(MapReader map)
    {
        if (map.Node("requests") is SpecList { Items.Length: > 0 } requests)
        {
            return [.. requests.Items.Select(JsonText.Of)];
        }

        map.Mistake("requests", $"{map.PathOf("requests")} is no list of bodies; allowed: 1 to {MostRows} of them.");
        return default;
    }
}
