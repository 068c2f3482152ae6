using System.Text.Json.Serialization;

namespace Sluice.Rollouts.Journal;

/// <summary>A place was told of a state of the rollout, or could not be told.</summary>
/// <param name="Time">When that was known.</param>
/// <param name="Place">The place's name.</param>
/// <param name="Occasion">The state in words, then, behind a colon, what it is about: a key, which is the same for the same thing.</param>
/// <param name="Failure">Why it could not be told, without any secret; null when it was.</param>
public sealed record NotificationEnded(DateTimeOffset Time, string Place, string Occasion, string? Failure) : JournalEvent(Time)
{
    /// <summary>The state in words, such as <c>rolled back</c>.</summary>
    [JsonIgnore]
    public string State => Occasion.Split(':')[0];

    /// <summary>What came of it, for people.</summary>
    [JsonIgnore]
    public string Sentence => Failure is null ? $"{Place} was told ({State})." : $"{Place} could not be told ({State}): {Failure}.";
}
