using System.Collections.Immutable;

namespace Sluice.Benchmarks;

/// <summary>What is to be measured.</summary>
/// <param name="Checkout">The folder of the checkout.</param>
/// <param name="Results">The file that takes the results.</param>
/// <param name="Figures">The numbers of the figures; empty for all.</param>
internal sealed record BenchArguments(string Checkout, string Results, ImmutableArray<string> Figures)
{
    private const string CheckoutPrefix = "--checkout=";
    private const string ResultsPrefix = "--results=";
    private const string FiguresPrefix = "--figures=";

    /// <summary>Whether a figure is wanted.</summary>
    public bool Wants(string number) => Figures.IsEmpty || Figures.Contains(number, StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the arguments; null after a mistake, which was said.</summary>
    public static BenchArguments? Read(IEnumerable<string> arguments, ImmutableArray<string> known, Action<string> mistake)
    {
        var read = new BenchArguments(Environment.CurrentDirectory, Path.Combine("artifacts", "bench.json"), []);
        foreach (var argument in arguments)
        {
            if (argument.StartsWith(CheckoutPrefix, StringComparison.Ordinal))
            {
                read = read with { Checkout = Path.GetFullPath(argument[CheckoutPrefix.Length..]) };
            }
            else if (argument.StartsWith(ResultsPrefix, StringComparison.Ordinal))
            {
                read = read with { Results = argument[ResultsPrefix.Length..] };
            }
            else if (argument.StartsWith(FiguresPrefix, StringComparison.Ordinal))
            {
                read = read with { Figures = [.. argument[FiguresPrefix.Length..].Split(',', StringSplitOptions.RemoveEmptyEntries)] };
            }
            else
            {
                mistake($"There is no argument {argument}; there are {CheckoutPrefix}, {ResultsPrefix} and {FiguresPrefix}.");
                return null;
            }
        }

        foreach (var unknown in read.Figures.Where(figure => !known.Contains(figure, StringComparer.OrdinalIgnoreCase)))
        {
            mistake($"There is no figure {unknown}; there are {string.Join(", ", known)}.");
            return null;
        }

        return read;
    }
}
