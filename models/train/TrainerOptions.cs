namespace HeartClassifier.Trainer;

/// <summary>What the command line asks for.</summary>
/// <param name="Data">The CSV file with the heart data.</param>
/// <param name="Output">The folder that gets a folder for each version.</param>
/// <param name="Requests">The file that gets the made-up request rows; null when none are wanted.</param>
/// <param name="Labelled">The file that gets the same rows with the labels that they were drawn for; null when none are wanted.</param>
internal sealed record TrainerOptions(string Data, string Output, string? Requests, string? Labelled)
{
    /// <summary>How the program is called.</summary>
    public const string Usage =
        "dotnet run --project models/train -- --data <heart.csv> --output <folder> [--requests <file.json>] [--labelled <file.json>]";

    private static readonly string[] Known = ["data", "output", "requests", "labelled"];

    /// <summary>Reads <c>--name value</c> and <c>--name=value</c>.</summary>
    /// <exception cref="ArgumentException">An option is unknown, doubled, without a value, or a needed one is missing.</exception>
    public static TrainerOptions Parse(IReadOnlyList<string> arguments)
    {
        var values = new Dictionary<string, string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var parts = arguments[i].Split('=', 2);
            var name = Known.FirstOrDefault(known => parts[0] == $"--{known}")
                ?? throw new ArgumentException(
                    $"'{arguments[i]}' is not an option; there are {string.Join(", ", Known.Select(known => $"--{known}"))}.");
            var value = parts.Length == 2 ? parts[1] : arguments.ElementAtOrDefault(++i);
            if (string.IsNullOrEmpty(value))
            {
                throw new ArgumentException($"--{name} needs a path.");
            }

            if (!values.TryAdd(name, value))
            {
                throw new ArgumentException($"--{name} is given twice.");
            }
        }

        return new TrainerOptions(
            Required(values, "data"), Required(values, "output"), values.GetValueOrDefault("requests"), values.GetValueOrDefault("labelled"));
    }

    private static string Required(Dictionary<string, string> values, string name) =>
        values.TryGetValue(name, out var value) ? value : throw new ArgumentException($"--{name} is missing.");
}
