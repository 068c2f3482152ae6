using System.Text.RegularExpressions;

namespace Sluice.Emulator.Workspaces;

/// <summary>The rules for names of resources.</summary>
internal static partial class NameRules
{
    /// <summary>Checks an endpoint's name: 3 to 32 letters, digits and <c>-</c>, a letter first, no <c>-</c> last.</summary>
    public static void CheckEndpoint(string name) => CheckServing("endpoint", name);

    /// <summary>Checks a deployment's name: the same rule as for an endpoint.</summary>
    public static void CheckDeployment(string name) => CheckServing("deployment", name);

    /// <summary>Checks the name of a model or datastore: up to 255 letters, digits, <c>-</c>, <c>_</c>, a letter or digit first.</summary>
    public static void CheckAsset(string kind, string name)
    {
        if (!AssetName().IsMatch(name))
        {
            throw Refuse.InvalidAsset(
                $"The {kind} name '{name}' is invalid. It may hold letters, digits, '-' and '_', must begin with a letter or digit, "
                + "and has at most 255 characters.");
        }
    }

    /// <summary>Checks a version: up to 255 letters, digits, <c>-</c>, <c>_</c>, <c>.</c>, a letter or digit first.</summary>
    public static void CheckVersion(string version)
    {
        if (!Version().IsMatch(version))
        {
            throw Refuse.InvalidAsset(
                $"The version '{version}' is invalid. It may hold letters, digits, '-', '_' and '.', must begin with a letter or digit, "
                + "and has at most 255 characters.");
        }
    }

    private static void CheckServing(string kind, string name)
    {
        if (!ServingName().IsMatch(name))
        {
            throw Refuse.Invalid(
                $"The {kind} name [{name}] is invalid. It has 3 to 32 characters, letters, digits and '-', begins with a letter and "
                + "does not end with '-'.");
        }
    }

    [GeneratedRegex(@"^[a-zA-Z][-a-zA-Z0-9]{1,30}[a-zA-Z0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex ServingName();

    [GeneratedRegex(@"^[a-zA-Z0-9][a-zA-Z0-9\-_]{0,254}\z", RegexOptions.CultureInvariant)]
    private static partial Regex AssetName();

    [GeneratedRegex(@"^[a-zA-Z0-9][a-zA-Z0-9\-_.]{0,254}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Version();
}
