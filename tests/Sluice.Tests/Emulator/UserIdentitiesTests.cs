using System.Text.Json.Nodes;
using Sluice.Emulator.Arm;

namespace Sluice.Tests.Emulator;

[Category("Unit")]
internal sealed class UserIdentitiesTests
{
    [Test]
    public void Each_identity_has_two_ids_of_its_own_and_the_same_ones_whenever_it_is_shown()
    {
        var first = Shown("/subscriptions/a/one", "/subscriptions/a/two");
        var again = Shown("/subscriptions/A/one");

        var ids = first.SelectMany(identity => identity.Value!.AsObject()).Select(id => (string?)id.Value).ToList();
        Assert.That(ids, Has.Count.EqualTo(4).And.All.Matches<string>(id => Guid.TryParse(id, out _)));
        Assert.That(ids, Is.Unique);
        Assert.That(again.Single().Value!.ToJsonString(), Is.EqualTo(first["/subscriptions/a/one"]!.ToJsonString()));
        Assert.That(first["/subscriptions/a/one"]!.AsObject().Select(id => id.Key), Is.EqualTo(new[] { "principalId", "clientId" }));
    }

    [Test]
    public void An_identity_of_the_system_only_stays_as_it_is() =>
        Assert.That(UserIdentities.Shown(new JsonObject { ["type"] = "SystemAssigned" }).ToJsonString(), Is.EqualTo("""{"type":"SystemAssigned"}"""));

    private static JsonObject Shown(params string[] ids)
    {
        var assigned = new JsonObject();
        foreach (var id in ids)
        {
            assigned[id] = new JsonObject();
        }

        return UserIdentities.Shown(new JsonObject { ["type"] = "UserAssigned", ["userAssignedIdentities"] = assigned })["userAssignedIdentities"]!.AsObject();
    }
}
