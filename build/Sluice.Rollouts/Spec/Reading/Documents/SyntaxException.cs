namespace Sluice.Rollouts.Spec.Reading.Documents;

/// <summary>A document that cannot be read any further.</summary>
/// <param name="place">Where it went wrong.</param>
/// <param name="message">What is wrong, in one sentence.</param>
internal sealed class SyntaxException(Place place, string message) : Exception(message)
{
    /// <summary>Where it went wrong.</summary>
    public Place Place { get; } = place;
}
