using Sluice.Rollouts.Planning;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>The rules for names on Azure, which the service checks too, but late.</summary>
internal static class Names
{
    private const int Longest = DeploymentName.MaximumLength;

    /// <summary>The room that the prefix of a candidate's name leaves for a hyphen and a model version of six digits.</summary>
    private const int VersionRoom = 7;

    /// <summary>A resource group.</summary>
    public static Format<string> ResourceGroup { get; } = Formats.Matching(
        "1 to 90 letters, digits, hyphens, underscores, dots and parentheses, no dot last",
        @"^[\w\-.()]{0,89}[\w\-()]$");

    /// <summary>A workspace.</summary>
    public static Format<string> Workspace { get; } = Formats.Matching(
        "3 to 33 letters, digits, hyphens and underscores, a letter or digit first",
        "^[a-zA-Z0-9][a-zA-Z0-9_-]{2,32}$");

    /// <summary>A registered model.</summary>
    public static Format<string> Model { get; } = Formats.Matching(
        "1 to 255 letters, digits, hyphens and underscores, a letter or digit first",
        "^[a-zA-Z0-9][a-zA-Z0-9_-]{0,254}$");

    /// <summary>A model's version.</summary>
    public static Format<string> ModelVersion { get; } = Formats.Matching(
        "a version's number or name, or latest", "^[a-zA-Z0-9][a-zA-Z0-9._-]{0,254}$");

    /// <summary>An environment variable.</summary>
    public static Format<string> EnvironmentVariable { get; } = Formats.Matching(
        "letters, digits and underscores, no digit first", "^[a-zA-Z_][a-zA-Z0-9_]*$");

    /// <summary>An endpoint or a deployment.</summary>
    public static Format<string> Serving { get; } = Formats.Matching(
        $"3 to {Longest} letters, digits and hyphens, a letter first, no hyphen last",
        $"^[a-zA-Z][a-zA-Z0-9-]{{1,{Longest - 2}}}[a-zA-Z0-9]$");

    /// <summary>The prefix of a candidate's name, which becomes <c>prefix-version</c>.</summary>
    public static Format<string> CandidatePrefix { get; } = Formats.Matching(
        $"3 to {Longest - VersionRoom} letters, digits and hyphens, a letter first, no hyphen last (with -version at most {Longest})",
        $"^[a-zA-Z][a-zA-Z0-9-]{{1,{Longest - VersionRoom - 2}}}[a-zA-Z0-9]$");
}
