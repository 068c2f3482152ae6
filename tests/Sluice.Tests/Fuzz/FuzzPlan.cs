using System.Globalization;

namespace Sluice.Tests.Fuzz;

/// <summary>How much is tried, and from where. Two runs by the same plan try the same inputs.</summary>
/// <param name="Seed">The seed; each input follows from it and from the input's own number.</param>
/// <param name="First">The number of the first input.</param>
/// <param name="Inputs">How many inputs each target gets.</param>
internal sealed record FuzzPlan(int Seed, int First, int Inputs)
{
    /// <summary>The variable with the number of inputs.</summary>
    public const string InputsVariable = "SLUICE_FUZZ_INPUTS";

    /// <summary>The variable with the seed.</summary>
    public const string SeedVariable = "SLUICE_FUZZ_SEED";

    /// <summary>The variable with the number of the one input that is tried.</summary>
    public const string InputVariable = "SLUICE_FUZZ_INPUT";

    private const int UsualInputs = 1000;

    /// <summary>What the environment asks for; else a few inputs of a seed that is drawn.</summary>
    public static FuzzPlan OfEnvironment()
    {
        var seed = Number(SeedVariable) ?? Random.Shared.Next();
        return Number(InputVariable) is { } one
            ? new FuzzPlan(seed, one, Inputs: 1)
            : new FuzzPlan(seed, First: 0, Number(InputsVariable) ?? UsualInputs);
    }

    /// <summary>What an input is made with.</summary>
    public Random RandomOf(int input) => new(HashOf(Seed, input));

    // The same on every machine and in every run, as HashCode is not.
    private static int HashOf(int seed, int input)
    {
        var mixed = ((ulong)(uint)seed << 32) | (uint)input;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (int)(mixed ^ (mixed >> 31));
    }

    private static int? Number(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
        ? int.Parse(text, CultureInfo.InvariantCulture)
        : null;
}
