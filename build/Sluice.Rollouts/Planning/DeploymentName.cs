namespace Sluice.Rollouts.Planning;

/// <summary>The name of a candidate's deployment.</summary>
public static class DeploymentName
{
    /// <summary>The longest name that the service takes.</summary>
    public const int MaximumLength = 32;

    /// <summary>
    /// <c>&lt;prefix&gt;-&lt;version&gt;</c> in lower case; characters of the version that a deployment's name can't have become hyphens.
    /// Where that is too long, the prefix is cut: the version is what tells deployments apart.
    /// </summary>
    public static string Of(string prefix, string version)
    {
        var room = Math.Max(1, MaximumLength - 1 - version.Length);
        var name = $"{prefix[..Math.Min(prefix.Length, room)]}-{version}".ToLowerInvariant();
        var allowed = string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '-'));
        return allowed[..Math.Min(allowed.Length, MaximumLength)].TrimEnd('-');
    }
}
