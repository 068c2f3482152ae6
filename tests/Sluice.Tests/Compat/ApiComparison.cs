namespace Sluice.Tests.Compat;

/// <summary>Holds a stand-in against the facts about the package that it stands in for.</summary>
internal static class ApiComparison
{
    /// <summary>
    /// What the stand-in has and the package has not, or has otherwise; a sentence each. What the stand-in leaves out is no difference.
    /// </summary>
    public static IReadOnlyList<string> Differences(IEnumerable<ApiType> standIn, IEnumerable<ApiType> official)
    {
        var facts = official.ToDictionary(type => type.Name, StringComparer.Ordinal);
        return [.. standIn.SelectMany(type => facts.TryGetValue(type.Name, out var fact)
            ? Differences(type, fact)
            : [$"{type.Name}: the official listing has no such type."])];
    }

    /// <summary>The official members, by type, that the stand-in does not have.</summary>
    public static IReadOnlyList<string> LeftOut(IEnumerable<ApiType> standIn, IEnumerable<ApiType> official)
    {
        var present = standIn.ToDictionary(type => type.Name, type => type.Members, StringComparer.Ordinal);
        return [.. official.SelectMany(type => present.TryGetValue(type.Name, out var members)
            ? type.Members.Except(members, StringComparer.Ordinal).Select(member => $"{type.Name}: {member}")
            : [type.Name])];
    }

    private static IEnumerable<string> Differences(ApiType standIn, ApiType official)
    {
        if (standIn.Kind != official.Kind)
        {
            yield return $"{standIn.Name}: is a '{standIn.Kind}', officially a '{official.Kind}'.";
        }

        if (standIn.Base != official.Base)
        {
            yield return $"{standIn.Name}: derives from '{standIn.Base}', officially from '{official.Base}'.";
        }

        if (standIn.Constraints != official.Constraints)
        {
            yield return $"{standIn.Name}: has the constraints '{standIn.Constraints}', officially '{official.Constraints}'.";
        }

        foreach (var one in standIn.Interfaces.Except(official.Interfaces, StringComparer.Ordinal))
        {
            yield return $"{standIn.Name}: implements '{one}', officially not.";
        }

        foreach (var member in standIn.Members.Except(official.Members, StringComparer.Ordinal))
        {
            var namesakes = official.Members.Where(fact => NameOf(fact) == NameOf(member)).ToList();
            yield return namesakes.Count == 0
                ? $"{standIn.Name}: has '{member}', officially nothing of that name."
                : $"{standIn.Name}: has '{member}', officially '{string.Join("' and '", namesakes)}'.";
        }
    }

    /// <summary>The last word before parameters, accessors or a value.</summary>
    private static string NameOf(string member) => member.Split('(', '{', '=')[0].TrimEnd().Split(' ')[^1].Split('<')[0];
}
