using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Serialization;
using Sluice.Inspection;
using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Notifications;
using Sluice.Rollouts.Spec.Notifications;
using Sluice.Rollouts.State;

namespace Sluice.Tests.Docs;

/// <summary>The page of <c>docs/</c> that names each member of what programs read.</summary>
[TestFixture]
[Category("Unit")]
internal sealed partial class JsonPageTests
{
    private static readonly DefaultContractResolver Contracts = new();

    private static readonly Dictionary<string, string> Page = File.ReadAllText(Repository.File("docs/json.md"))
        .Split("\n## ")
        .Skip(1)
        .ToDictionary(section => section.Split('\n')[0].Trim());

    [TestCase("Status", typeof(StatusDocument))]
    [TestCase("Plan", typeof(PlanDocument))]
    [TestCase("Doctor", typeof(DoctorDocument))]
    public void Each_member_that_a_target_prints_is_explained_and_nothing_else_is(string section, Type document) =>
        Assert.That(Explained(section), Is.EqualTo(MembersOf(document, "")), "Members of docs/json.md, in the order of the document.");

    [Test]
    public void Each_member_that_a_webhook_gets_is_explained_and_nothing_else_is()
    {
        var notice = new Notice
        {
            State = NotifiedState.Held,
            Occasion = "held",
            Rollout = "r-1",
            Workspace = "ws",
            Endpoint = "heart",
            Model = "heart-model",
            Traffic = Traffic.AllTo("default"),
            Why = "It waits.",
            Gates = [new GateReport("errors", VerdictKind.NoData, "0 requests", false, ImmutableSortedDictionary<string, double>.Empty)],
            Actor = "ann",
            Time = DateTimeOffset.UnixEpoch,
            Next = new([new("./build.sh --target=Status", "shows it")]),
        };

        var body = JObject.Parse(NoticeBody.Of(new(NotificationKind.Webhook, "place") { On = [] }, notice));

        Assert.That(Explained("Webhook"), Is.EqualTo(MembersOf(body, "")));
    }

    private static IEnumerable<string> Explained(string section) => Member().Matches(Page[section]).Select(match => match.Groups["path"].Value);

    /// <summary>The members of a type with those below them; what a map has is named by what it maps.</summary>
    private static IEnumerable<string> MembersOf(Type type, string path) => Contracts.ResolveContract(type) switch
    {
        JsonObjectContract map => map.Properties.SelectMany(member =>
        {
            var name = $"{path}{member.PropertyName}";
            return MembersOf(member.PropertyType!, $"{name}.").Prepend(name);
        }),
        JsonArrayContract list => MembersOf(list.CollectionItemType!, $"{path.TrimEnd('.')}[]."),
        _ => [],
    };

    private static IEnumerable<string> MembersOf(JToken token, string path) => token switch
    {
        JObject map when path != "traffic." => map.Properties().SelectMany(member => MembersOf(member.Value, $"{path}{member.Name}.").Prepend($"{path}{member.Name}")),
        JArray list => MembersOf(list[0], $"{path.TrimEnd('.')}[]."),
        _ => [],
    };

    [GeneratedRegex(@"(?m)^\| `(?<path>[^`]+)` \|")]
    private static partial Regex Member();
}
