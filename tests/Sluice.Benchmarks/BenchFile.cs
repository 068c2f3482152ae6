using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.Benchmarks.Table;

namespace Sluice.Benchmarks;

/// <summary>The results for programs: <c>artifacts/bench.json</c>.</summary>
internal static class BenchFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes them; the folder is made where it is missing.</summary>
    public static void Write(Machine machine, IEnumerable<Row> rows, IEnumerable<Growth> growths, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var document = new
        {
            Time = DateTimeOffset.UtcNow,
            Machine = machine,
            Figures = rows.Select(row => new
            {
                row.Number,
                row.Figure,
                row.Measured,
                row.Reference,
                row.Value,
                Bar = new { row.Bar.Bound, Kind = row.Bar.IsLeast ? "atLeast" : "atMost", row.Bar.Unit },
                Verdict = row.IsMet ? "met" : "missed",
                row.Details,
            }),
            Growth = growths.Select(growth => new
            {
                growth.Name,
                growth.Of,
                growth.Unit,
                Costs = growth.Costs.Select(each => new { each.Size, each.Cost }),
                growth.Exponent,
            }),
        };
        File.WriteAllText(path, JsonSerializer.Serialize(document, Options));
    }
}
