using System.Text.Json;

namespace Sluice.Emulator.Workspaces;

/// <summary>
/// ARM's limits on the tags of a resource that it tracks (documentation: "Use tags to organize your Azure resources and management
/// hierarchy", limitations). The refusal of a value is on public record; those of names and of their number are told in its manner.
/// </summary>
internal static class TagRules
{
    private const int MostTags = 50;
    private const int NameLimit = 512;
    private const int ValueLimit = 256;
    private const string Reserved = @"<>%&\?/";

    /// <summary>The tags, which are an object of strings, when they keep the limits.</summary>
    /// <exception cref="RefusedException">They do not.</exception>
    public static JsonElement Check(JsonElement tags)
    {
        foreach (var tag in tags.EnumerateObject())
        {
            CheckName(tag.Name);
            if (tag.Value.GetString() is { Length: > ValueLimit } value)
            {
                throw TooLarge("Value", value, ValueLimit);
            }
        }

        var count = tags.EnumerateObject().Count();
        return count <= MostTags
            ? tags
            : throw Refuse.BadRequest("InvalidTagCount", $"The resource has {count} tags. Maximum allowed number of tags is {MostTags}.");
    }

    private static void CheckName(string name)
    {
        if (name.Length > NameLimit)
        {
            throw TooLarge("Name", name, NameLimit);
        }

        if (name.Any(letter => Reserved.Contains(letter, StringComparison.Ordinal) || char.IsControl(letter)))
        {
            throw Refuse.BadRequest(
                "InvalidTagNameCharacters",
                $"The tag names '{name}' have reserved characters '{string.Join(',', Reserved.ToCharArray())}' or control characters.");
        }
    }

    private static RefusedException TooLarge(string part, string text, int limit)
    {
        var what = $"tag {part.ToLowerInvariant()}";
        return Refuse.BadRequest(
            $"InvalidTag{part}Length",
            $"Tag {part.ToLowerInvariant()} too large. Following {what} '{text}' exceeded the maximum length. "
            + $"Maximum allowed length for {what} - '{limit}' characters.");
    }
}
