using HeartClassifier.Trainer.Data;

namespace HeartClassifier.Trainer.Requests;

/// <summary>
/// Makes up patients that look like the data's but are none of them. The label is drawn first, with the data's share; then every
/// column is drawn by itself from the values that rows of that label have: a code as it is, a measurement moved by a triangular
/// kernel and kept within the data's range. What two columns have to do with each other beyond the label is lost.
/// </summary>
internal sealed class RequestSampler
{
    private const ulong Seed = 240;

    private readonly IReadOnlyList<HeartRow> _data;
    private readonly SeededRandom _random = new(Seed);
    private readonly Dictionary<bool, IReadOnlyList<HeartRow>> _byLabel;

    /// <summary>Samples from the distributions of the given rows.</summary>
    public RequestSampler(IReadOnlyList<HeartRow> data)
    {
        _data = data;
        _byLabel = data.GroupBy(row => row.Target).ToDictionary(rows => rows.Key, rows => (IReadOnlyList<HeartRow>)[.. rows]);
    }

    /// <summary>Makes rows of which no two are alike and none is in the data.</summary>
    public IReadOnlyList<HeartRow> Sample(int count)
    {
        var rows = new List<HeartRow>(count);
        while (rows.Count < count)
        {
            var row = Draw();
            if (!_data.Concat(rows).Any(row.HasInputsOf))
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    private HeartRow Draw()
    {
        var label = _random.Pick(_data).Target;
        var peers = _byLabel[label];
        return new HeartRow
        {
            Numbers = [.. HeartSchema.Numbers.Select((column, i) =>
                column.IsCategorical ? DrawCode(column, i, peers) : DrawMeasurement(column, i, peers))],
            Thal = DrawThal(peers),
            Target = label,
        };
    }

    /// <summary>A code that the data set's description knows: a few rows have others, by mistake.</summary>
    private float DrawCode(HeartColumn column, int index, IReadOnlyList<HeartRow> peers)
    {
        float code;
        do
        {
            code = _random.Pick(peers).Numbers[index];
        }
        while (!column.Codes.Contains((int)code));

        return code;
    }

    private string DrawThal(IReadOnlyList<HeartRow> peers)
    {
        string word;
        do
        {
            word = _random.Pick(peers).Thal;
        }
        while (!HeartSchema.ThalWords.Contains(word));

        return word;
    }

    private float DrawMeasurement(HeartColumn column, int index, IReadOnlyList<HeartRow> peers)
    {
        // Silverman's width for a kernel estimate, from the spread of the values and their number.
        var values = peers.Select(row => (double)row.Numbers[index]).ToList();
        var mean = values.Average();
        var deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        var width = 1.06 * deviation / Math.Pow(values.Count, 0.2);

        // The difference of two uniform numbers has a variance of 1/6; √6 brings the kernel to the width asked for.
        var kernel = (_random.NextDouble() - _random.NextDouble()) * Math.Sqrt(6);
        var moved = Math.Clamp(
            _random.Pick(values) + (kernel * width),
            _data.Min(row => row.Numbers[index]),
            _data.Max(row => row.Numbers[index]));
        return (float)Math.Round(moved, column.Type == ColumnType.Long ? 0 : 1);
    }
}
