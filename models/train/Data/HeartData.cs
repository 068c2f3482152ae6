using System.Globalization;

namespace HeartClassifier.Trainer.Data;

/// <summary>Reads the heart-disease data from comma-separated text with a header.</summary>
internal static class HeartData
{
    /// <summary>Reads every row of a CSV file; columns may come in any order, additional ones are ignored.</summary>
    /// <exception cref="InvalidDataException">A column is missing, or a line has a value that its column does not allow.</exception>
    public static IReadOnlyList<HeartRow> Load(string path)
    {
        var lines = File.ReadAllLines(path);
        var header = lines.Length == 0 ? [] : lines[0].Split(',', StringSplitOptions.TrimEntries);
        var missing = HeartSchema.Inputs.Select(column => column.Name).Append(HeartSchema.Target).Except(header).ToList();
        if (missing.Count > 0)
        {
            throw new InvalidDataException($"{path}:1: the header lacks {string.Join(", ", missing)}.");
        }

        var rows = new List<HeartRow>(lines.Length);
        for (var i = 1; i < lines.Length; i++)
        {
            if (!string.IsNullOrWhiteSpace(lines[i]))
            {
                rows.Add(ParseLine($"{path}:{i + 1}", header, lines[i]));
            }
        }

        return rows;
    }

    private static HeartRow ParseLine(string place, string[] header, string line)
    {
        var cells = line.Split(',', StringSplitOptions.TrimEntries);
        if (cells.Length != header.Length)
        {
            throw new InvalidDataException($"{place}: {cells.Length} values where the header names {header.Length} columns.");
        }

        string Cell(string column) => cells[Array.IndexOf(header, column)];

        return new HeartRow
        {
            Numbers = [.. HeartSchema.Numbers.Select(column => ParseNumber(place, column, Cell(column.Name)))],
            Thal = Cell(HeartSchema.Thal.Name),
            Target = Cell(HeartSchema.Target) switch
            {
                "0" => false,
                "1" => true,
                var other => throw new InvalidDataException($"{place}: {HeartSchema.Target} is '{other}'; it must be 0 or 1."),
            },
        };
    }

    private static float ParseNumber(string place, HeartColumn column, string cell)
    {
        var whole = column.Type == ColumnType.Long;
        var style = NumberStyles.AllowLeadingSign | (whole ? NumberStyles.None : NumberStyles.AllowDecimalPoint);
        return float.TryParse(cell, style, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new InvalidDataException(
                $"{place}: {column.Name} is '{cell}'; it must be a {(whole ? "whole" : "decimal")} number.");
    }
}
