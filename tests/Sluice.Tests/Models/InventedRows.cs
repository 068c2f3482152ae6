using HeartClassifier.Trainer;
using HeartClassifier.Trainer.Data;

namespace Sluice.Tests.Models;

/// <summary>Rows for tests of the trainer that need some data, but not the real one.</summary>
internal static class InventedRows
{
    /// <summary>Rows whose label depends on a few columns, with some noise, so that there is something to learn.</summary>
    public static IReadOnlyList<HeartRow> Make(int count, ulong seed)
    {
        var random = new SeededRandom(seed);
        string[] words = [.. HeartSchema.ThalWords, "1", "", "übrig"];
        return [.. Enumerable.Range(0, count).Select(_ => MakeRow(random, words))];
    }

    private static HeartRow MakeRow(SeededRandom random, string[] words)
    {
        var numbers = HeartSchema.Numbers.Select(column => column switch
        {
            { IsCategorical: true } => random.Pick(column.Codes),
            { Type: ColumnType.Double } => random.Below(62) / 10f,
            _ => 40f + random.Below(160),
        }).ToArray();
        var thal = random.Pick(words);
        var risk = (numbers[0] / 200) + (numbers[9] / 6) + (thal == "reversible" ? 0.5 : 0);
        return new HeartRow { Numbers = numbers, Thal = thal, Target = risk + random.NextDouble() > 1.8 };
    }
}
