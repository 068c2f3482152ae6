using System.Text.Json;
using Sluice.Emulator.Workspaces;

namespace Sluice.Tests.Emulator;

[Category("Unit")]
internal sealed class TagRulesTests
{
    [Test]
    public void The_most_that_is_allowed_is_allowed()
    {
        var tags = Numbered(49);
        tags[new string('n', 512)] = new string('v', 256);
        tags["a:b c.d"] = "<>%&/";

        tags.Remove("1");
        Assert.DoesNotThrow(() => TagRules.Check(JsonSerializer.SerializeToElement(tags)));
    }

    [Test]
    public void A_tag_without_a_value_is_allowed() =>
        Assert.DoesNotThrow(() => TagRules.Check(JsonSerializer.SerializeToElement(new Dictionary<string, string?> { ["a"] = null })));

    [Test]
    public void More_than_fifty_tags_are_refused() => Refuses(Numbered(51), "InvalidTagCount", "has 51 tags");

    [Test]
    public void A_value_that_is_too_long_is_refused_in_the_services_words() => Refuses(
        new() { ["a"] = new string('v', 257) },
        "InvalidTagValueLength",
        $"Tag value too large. Following tag value '{new string('v', 257)}' exceeded the maximum length. "
        + "Maximum allowed length for tag value - '256' characters.");

    [Test]
    public void A_name_that_is_too_long_is_refused() =>
        Refuses(new() { [new string('n', 513)] = "1" }, "InvalidTagNameLength", "Maximum allowed length for tag name - '512' characters.");

    [Test]
    public void A_reserved_character_in_a_name_is_refused([Values('<', '>', '%', '&', '\\', '?', '/', '\n')] char letter) =>
        Refuses(new() { [$"a{letter}b"] = "1" }, "InvalidTagNameCharacters", $"'a{letter}b'");

    private static Dictionary<string, string> Numbered(int count) => Enumerable.Range(1, count).ToDictionary(number => $"{number}", _ => "");

    private static void Refuses(Dictionary<string, string> tags, string code, string says)
    {
        var refused = Assert.Throws<RefusedException>(() => TagRules.Check(JsonSerializer.SerializeToElement(tags)))!;

        Assert.That((refused.Status, refused.Code), Is.EqualTo((400, code)));
        Assert.That(refused.Text, Does.Contain(says));
    }
}
