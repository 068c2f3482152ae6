namespace Sluice.Emulator.Scoring;

/// <summary>How a request ended.</summary>
/// <param name="Status">The status that the client saw; 499 when it did not wait for one.</param>
/// <param name="ModelStatus">The status that the container gave; 0 when it gave none.</param>
internal readonly record struct RequestOutcome(int Status, int ModelStatus)
{
    /// <summary>The status of a request whose client went away.</summary>
    internal const int ClientClosedRequest = 499;

    /// <summary>The status's class as Azure Monitor names it, for example <c>2xx</c>.</summary>
    internal string StatusClass => $"{Status / 100}xx";
}
