using System.Collections.Immutable;
using FsCheck.Fluent;
using Sluice.Rollouts.State;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Rollouts;

[TestFixture]
[Category("Unit")]
internal sealed class StateTests
{
    private static readonly ImmutableSortedDictionary<string, string> Own =
        ImmutableSortedDictionary<string, string>.Empty.Add("team", "cardiology");

    [Test]
    public void Two_maps_that_mean_the_same_are_equal()
    {
        var one = Traffic.Of([new("Default", 100), new("green-2", 0)]);
        var other = Traffic.AllTo("default");

        Assert.Multiple(() =>
        {
            Assert.That(one, Is.EqualTo(other));
            Assert.That(one.GetHashCode(), Is.EqualTo(other.GetHashCode()));
            Assert.That(one["DEFAULT"], Is.EqualTo(100));
        });
    }

    [Test]
    public void A_split_sums_to_100_and_gives_each_its_share() =>
        Properties.Check(200, Arb.From(Gen.Choose(0, 100)), weight =>
        {
            var split = Traffic.Split("default", "green-2", weight);

            Assert.That(
                (split.Sum, split["default"], split["green-2"], split.Percents.Values.Contains(0)),
                Is.EqualTo((100, 100 - weight, weight, false)));
            return Task.CompletedTask;
        });

    [TestCase(-1)]
    [TestCase(101)]
    public void A_weight_is_0_to_100(int percent) =>
        Assert.That(() => Traffic.Of([new("default", percent)]), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("default"));

    [TestCase("default 100", "default")]
    [TestCase("default 99", null)]
    [TestCase("default 60,green-2 40", null)]
    [TestCase("", null)]
    public void Sole_is_who_has_all_of_it(string map, string? sole)
    {
        var traffic = Traffic.Of(map.Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(entry => entry.Split(' '))
            .Select(entry => KeyValuePair.Create(entry[0], int.Parse(entry[1], System.Globalization.CultureInfo.InvariantCulture))));

        Assert.That(traffic.Sole, Is.EqualTo(sole));
    }

    [Test]
    public void Traffic_reads_as_people_write_it() =>
        Assert.That(
            new[] { Traffic.None, Traffic.Split("stable", "candidate", 10) }.Select(traffic => traffic.ToString()),
            Is.EqualTo(new[] { "no traffic", "candidate 10 %, stable 90 %" }));

    [Test]
    public void A_mark_can_be_read_back_and_leaves_other_tags_alone([Values] RolloutStatus status)
    {
        var mark = new RolloutMark("id", "default", "green-2", status);

        var tags = mark.WriteTo(Own);

        Assert.Multiple(() =>
        {
            Assert.That(RolloutMark.Read(tags), Is.EqualTo(mark));
            Assert.That(tags["team"], Is.EqualTo("cardiology"));
        });
    }

    [Test]
    public void A_status_is_written_in_kebab_case() =>
        Assert.That(
            new RolloutMark("id", "default", "green-2", RolloutStatus.RolledBack).WriteTo(Own)["sluice-status"],
            Is.EqualTo("rolled-back"));

    [TestCase("sluice-rollout")]
    [TestCase("sluice-stable")]
    [TestCase("sluice-candidate")]
    [TestCase("sluice-status")]
    public void A_mark_that_is_not_whole_is_none(string missing) =>
        Assert.That(RolloutMark.Read(new RolloutMark("id", "default", "green-2", RolloutStatus.Canary).WriteTo(Own).Remove(missing)), Is.Null);

    [TestCase("paused")]
    [TestCase("7")]
    [TestCase("")]
    public void A_mark_with_a_status_that_is_none_is_none(string status) =>
        Assert.That(
            RolloutMark.Read(new RolloutMark("id", "default", "green-2", RolloutStatus.Canary).WriteTo(Own).SetItem("sluice-status", status)),
            Is.Null);

    [TestCase(RolloutStatus.Canary, true)]
    [TestCase(RolloutStatus.Passed, true)]
    [TestCase(RolloutStatus.FinalBake, true)]
    [TestCase(RolloutStatus.Completed, false)]
    [TestCase(RolloutStatus.RolledBack, false)]
    public void A_rollout_is_open_until_it_has_completed_or_gone_back(RolloutStatus status, bool isOpen) =>
        Assert.That(new RolloutMark("id", "default", "green-2", status).IsOpen, Is.EqualTo(isOpen));

    [Test]
    public void A_rollouts_deployment_can_be_told_from_a_persons() =>
        Assert.Multiple(() =>
        {
            Assert.That(RoleTags.AreOurs(Own), Is.False);
            Assert.That(RoleTags.AreOurs(RoleTags.OfDeployment(Specs.First.Blue, Role.Baseline, digest: null)), Is.True);
            Assert.That(RoleTags.RoleIn(RoleTags.OfDeployment(Specs.First.Blue, Role.Baseline, digest: null)), Is.EqualTo(Role.Baseline));
            Assert.That(RoleTags.OfDeployment(Specs.First.Green with { Tags = Own }, Role.Candidate, "abc"), Is.EquivalentTo(new Dictionary<string, string>
            {
                ["team"] = "cardiology",
                ["sluice-role"] = "candidate",
                ["sluice-digest"] = "abc",
                ["sluice-settings"] = SpecDigest.Of(Specs.First.Green).Settings,
            }));
        });
}
