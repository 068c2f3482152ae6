using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using NetArchTest.Rules;
using Sluice.AzureML;
using Sluice.AzureML.Connection;
using Sluice.AzureML.Uploads;
using Sluice.Output;
using Sluice.Rollouts;
using Sluice.Webhooks;

namespace Sluice.Tests.Architecture;

[Category("Unit")]
internal sealed partial class SecretRuleTests
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>The key of a map in a file.</summary>
    private const string KeyOfAMap = "SpecEntry.Key";

    [Test]
    public void A_secret_is_made_nowhere_but_behind_the_mask() =>
        Assert.That(CallersOf($"{typeof(Secret).FullName}..ctor"), Is.EqualTo(new[] { typeof(AgentMask).FullName }));

    [Test]
    public void A_secret_is_revealed_only_to_a_header_and_to_the_SDK()
    {
        string?[] allowed =
        [
            typeof(ScoringClient).FullName,
            typeof(HttpWebhook).FullName,
            typeof(StaticTokenCredential).FullName,
            typeof(Credentials).FullName,
            typeof(BlobDatastore).FullName,
        ];

        Assert.That(CallersOf($"{typeof(Secret).FullName}.{nameof(Secret.Reveal)}"), Is.EquivalentTo(allowed));
    }

    [Test]
    public void What_is_called_a_key_or_a_token_is_no_text_in_the_client()
    {
        var texts = Rooms.Types().Where(type => type.Assembly.GetName().Name is Rooms.Host or Rooms.AzureML or Rooms.Rollouts)
            .SelectMany(TextsThatSoundSecret);

        Assert.That(texts, Is.EqualTo(new[] { KeyOfAMap }));
    }

    [Test]
    public void A_record_of_the_emulator_with_a_key_or_a_token_says_itself_how_it_is_shown()
    {
        var records = Rooms.Types()
            .Where(type => type.Assembly.GetName().Name == Rooms.Emulator && type.GetMethod("<Clone>$", Own) is not null)
            .Where(type => TextsThatSoundSecret(type).Any())
            .ToList();

        Assert.That(records, Is.Not.Empty);
        Assert.That(records.Where(type => Rooms.IsGenerated(type.GetMethod(nameof(ToString), Own, []))), Is.Empty);
    }

    [Test]
    public void The_rule_about_names_finds_a_text_that_is_a_key() =>
        Assert.That(TextsThatSoundSecret(typeof(Offender)), Is.EquivalentTo(new[] { "Offender.AccountKey", "Offender.Tokens", "Offender.Secrets" }));

    private static IEnumerable<string> CallersOf(string method)
    {
        var result = Types.InAssemblies(Rooms.All.Select(Assembly.Load)).Should().MeetCustomRule(new CallsNone(method)).GetResult();

        // What the compiler makes of a method lies within the method's own type.
        return (result.FailingTypeNames ?? []).Select(name => name.Split('/', '+')[0]).Distinct();
    }

    private static IEnumerable<string> TextsThatSoundSecret(Type type) =>
        from field in type.GetFields(Own)
        where field.FieldType == typeof(string) || typeof(IEnumerable<string>).IsAssignableFrom(field.FieldType)
            || (Nullable.GetUnderlyingType(field.FieldType) ?? field.FieldType) == typeof(JsonElement)

        // Of a property that is kept, the compiler makes <Name>k__BackingField.
        let name = field.Name.TrimStart('<').Split('>')[0]
        where SoundsSecret().IsMatch(name)
        select $"{type.Name}.{name}";

    [GeneratedRegex("(Key|Token|Secret|Password|Signature|Sas|ConnectionString|Authorization)s?$", RegexOptions.IgnoreCase)]
    private static partial Regex SoundsSecret();

    /// <summary>Does what no room may, so that a rule which finds nothing can be told from one that finds it.</summary>
    private sealed record Offender(string AccountKey, IReadOnlyList<string> Tokens, JsonElement? Secrets, Secret Key, string Name);
}
