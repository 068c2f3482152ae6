namespace Sluice.Rollouts.Diagnosis;

/// <summary>Why there is no fact.</summary>
/// <param name="Code">The code of the failure; null when there is none.</param>
/// <param name="Sentence">What failed and why, or why it was not asked.</param>
/// <param name="WasAsked">Whether it was asked at all.</param>
public sealed record Problem(string? Code, string Sentence, bool WasAsked)
{
    /// <summary>The code of a question that was not answered in time.</summary>
    public const string Timeout = "Timeout";

    /// <summary>Whether the caller may not ask that: ARM's own code, and that of the service behind it.</summary>
    public bool IsLackOfRight => Code is "AuthorizationFailed" or "Forbidden" or "LinkedAuthorizationFailed";
}
