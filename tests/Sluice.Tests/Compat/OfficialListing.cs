namespace Sluice.Tests.Compat;

/// <summary>Reads a file of <c>build/compat/official</c>, the facts about an official package.</summary>
internal static class OfficialListing
{
    /// <summary>The types of the package that a stand-in follows.</summary>
    public static IReadOnlyList<ApiType> Of(string assembly) => Parse(File.ReadAllText(FileOf(assembly)));

    /// <summary>The file with the facts.</summary>
    public static string FileOf(string assembly) => Repository.File($"build/compat/official/{assembly}.txt");

    /// <summary>Reads types, each with its members below it, indented.</summary>
    public static IReadOnlyList<ApiType> Parse(string text)
    {
        var types = new List<(string Head, List<string> Members)>();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line.StartsWith("  ", StringComparison.Ordinal))
            {
                types[^1].Members.Add(line.Trim());
            }
            else
            {
                types.Add((line, []));
            }
        }

        return [.. types.Select(type => Head(type.Head, type.Members))];
    }

    private static ApiType Head(string text, IReadOnlyList<string> members)
    {
        const string Where = " where ";
        const string Bases = " : ";
        var where = text.IndexOf(Where, StringComparison.Ordinal);
        var constraints = where < 0 ? "" : text[where..];
        var head = where < 0 ? text : text[..where];
        var colon = head.IndexOf(Bases, StringComparison.Ordinal);
        var bases = colon < 0 ? [] : TopLevel(head[(colon + Bases.Length)..]);
        var words = colon < 0 ? head : head[..colon];
        var name = words.Split('<')[0].LastIndexOf(' ') + 1;
        return new ApiType(
            words[..name].TrimEnd(),
            words[name..],
            bases.SingleOrDefault(one => !IsInterface(one)),
            [.. bases.Where(IsInterface)],
            constraints,
            members);
    }

    /// <summary>By the naming rule of .NET: an I and another capital.</summary>
    private static bool IsInterface(string type)
    {
        var name = type.Split('<')[0].Split('.')[^1];
        return name.Length > 1 && name[0] == 'I' && char.IsUpper(name[1]);
    }

    private static List<string> TopLevel(string list)
    {
        var parts = new List<string> { "" };
        var depth = 0;
        foreach (var letter in list)
        {
            depth += letter switch { '<' => 1, '>' => -1, _ => 0 };
            if (letter == ',' && depth == 0)
            {
                parts.Add("");
            }
            else
            {
                parts[^1] += letter;
            }
        }

        return [.. parts.Select(part => part.Trim())];
    }
}
