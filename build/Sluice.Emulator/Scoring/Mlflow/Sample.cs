namespace Sluice.Emulator.Scoring.Mlflow;

/// <summary>
/// The sample that Azure's scoring script takes from the saved example or makes of the signature: it decides in which form
/// <c>input_data</c> is read and to which types its values are cast.
/// </summary>
internal abstract record Sample
{
    /// <summary>A data frame.</summary>
    /// <param name="Types">Column name to element type.</param>
    internal sealed record Table(IReadOnlyDictionary<string, DType> Types) : Sample;

    /// <summary>Arrays with names.</summary>
    /// <param name="Types">Name to element type.</param>
    internal sealed record NamedArrays(IReadOnlyDictionary<string, DType> Types) : Sample;

    /// <summary>One array.</summary>
    /// <param name="Type">Its element type.</param>
    internal sealed record SingleArray(DType Type) : Sample;
}
