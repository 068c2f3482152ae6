using System.Globalization;
using Sluice.Benchmarks.Table;

namespace Sluice.Benchmarks;

/// <summary>The results in Markdown tables, which a terminal shows well enough, too.</summary>
internal static class BenchText
{
    /// <summary>Writes them.</summary>
    public static void Write(Machine machine, IReadOnlyList<Row> rows, IReadOnlyList<Growth> growths, TextWriter output)
    {
        output.WriteLine($"Measured on {machine}.");
        if (rows.Count > 0)
        {
            output.WriteLine();
            WriteTable(
                output,
                ["#", "figure", "measured", "reference, same run", "ratio", "bar", "verdict"],
                [.. rows.Select(row => (string[])
                    [row.Number, row.Figure, row.Measured, row.Reference, Text(row.Value), $"{row.Bar}", row.IsMet ? "met" : "MISSED"])]);
        }

        foreach (var row in rows.Where(row => row.Details.Count > 0))
        {
            output.WriteLine();
            output.WriteLine($"{row.Number} {row.Figure}:");
            foreach (var detail in row.Details)
            {
                output.WriteLine($"    {detail}");
            }
        }

        if (growths.Count > 0)
        {
            output.WriteLine();
            WriteTable(
                output,
                ["cost as work grows", "of", "costs", "exponent"],
                [.. growths.Select(growth => (string[])
                    [growth.Name, growth.Of, string.Join(", ", growth.Costs.Select(each => $"{Text(each.Size)}: {Text(each.Cost)} {growth.Unit}")), Text(growth.Exponent)])]);
        }

        if (rows.Count > 0)
        {
            var missed = rows.Where(row => !row.IsMet).Select(row => row.Number).Distinct().ToList();
            output.WriteLine();
            output.WriteLine(missed.Count == 0 ? $"All {rows.Count} bars are met." : $"Missed: {string.Join(", ", missed)}.");
        }
    }

    /// <summary>Three digits that count, thousands apart.</summary>
    private static string Text(double value) => value switch
    {
        double.NaN => "–",
        0 => "0",
        _ when Math.Abs(value) >= 100 => value.ToString("#,0", CultureInfo.InvariantCulture),
        _ => Math.Round(value, Math.Max(0, 2 - (int)Math.Floor(Math.Log10(Math.Abs(value))))).ToString("0.######", CultureInfo.InvariantCulture),
    };

    private static void WriteTable(TextWriter output, string[] head, IReadOnlyList<string[]> rows)
    {
        var widths = head.Select((title, column) => rows.Select(row => row[column].Length).Append(title.Length).Max()).ToArray();
        WriteLine(head);
        output.WriteLine($"|{string.Join('|', widths.Select(width => new string('-', width + 2)))}|");
        foreach (var row in rows)
        {
            WriteLine(row);
        }

        void WriteLine(string[] cells) => output.WriteLine($"| {string.Join(" | ", cells.Select((cell, column) => cell.PadRight(widths[column])))} |");
    }
}
