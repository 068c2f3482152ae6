using Sluice.Emulator.Scoring;

namespace Sluice.Tests.EmulatorScoring;

[TestFixture]
[Category("Unit")]
public sealed class DeploymentGateTests
{
    [Test]
    public void Those_in_line_are_let_in_first_come_first_served()
    {
        var gate = new DeploymentGate();
        gate.TryEnter(atOnce: 1, pending: 4, out var first);
        gate.TryEnter(atOnce: 1, pending: 4, out var second);
        gate.TryEnter(atOnce: 1, pending: 4, out var third);

        var before = (first.IsCompleted, second.IsCompleted, third.IsCompleted);
        gate.Leave(atOnce: 1);
        var after = (second.IsCompleted, third.IsCompleted);

        Assert.That((before, after), Is.EqualTo(((true, false, false), (true, false))));
    }

    [Test]
    public void A_full_line_takes_nobody()
    {
        var gate = new DeploymentGate();
        gate.TryEnter(1, 2, out _);
        gate.TryEnter(1, 2, out _);

        Assert.That((gate.TryEnter(1, 2, out _), PendingIn(gate)), Is.EqualTo((false, 2)));
    }

    [Test]
    public void Who_will_not_stand_in_line_is_let_in_where_there_is_room_and_holds_a_place_until_it_leaves()
    {
        var gate = new DeploymentGate();

        var tries = (gate.TryEnterAtOnce(atOnce: 1), gate.TryEnterAtOnce(atOnce: 1));
        gate.TryEnter(atOnce: 1, pending: 4, out var waiting);
        gate.Leave(atOnce: 1);

        Assert.That((tries, waiting.IsCompleted, gate.TryEnterAtOnce(atOnce: 1)), Is.EqualTo(((true, false), true, false)));
    }

    [Test]
    public void Who_gives_up_frees_a_place_in_line()
    {
        var gate = new DeploymentGate();
        gate.TryEnter(1, 2, out _);
        gate.TryEnter(1, 2, out var waiting);

        gate.GiveUp(waiting, atOnce: 1);

        Assert.That((PendingIn(gate), gate.TryEnter(1, 2, out _)), Is.EqualTo((1, true)));
    }

    [Test]
    public void Who_gives_up_just_after_being_let_in_leaves()
    {
        var gate = new DeploymentGate();
        gate.TryEnter(1, 3, out _);
        gate.TryEnter(1, 3, out var second);
        gate.TryEnter(1, 3, out var third);
        gate.Leave(1);

        gate.GiveUp(second, atOnce: 1);

        Assert.That((third.IsCompleted, PendingIn(gate)), Is.EqualTo((true, 1)));
    }

    [Test]
    public void More_instances_let_more_of_the_line_in()
    {
        var gate = new DeploymentGate();
        gate.TryEnter(1, 8, out _);
        var line = Enumerable.Range(0, 3).Select(_ => gate.TryEnter(1, 8, out var place) ? place : Task.CompletedTask).ToList();

        gate.Leave(atOnce: 2);

        Assert.That(line.Select(place => place.IsCompleted), Is.EqualTo(new[] { true, true, false }));
    }

    [Test]
    public void After_any_order_of_coming_and_going_the_gate_is_empty()
    {
        const int seed = 31;
        var random = new Random(seed);
        var gate = new DeploymentGate();
        List<Task> inside = [];
        for (var i = 0; i < 20_000; i++)
        {
            var atOnce = random.Next(1, 4);
            if (random.Next(2) == 0)
            {
                if (gate.TryEnter(atOnce, 2 * atOnce, out var place))
                {
                    inside.Add(place);
                }
            }
            else if (inside.Count > 0)
            {
                var place = inside[random.Next(inside.Count)];
                inside.Remove(place);
                gate.GiveUp(place, atOnce);
            }

            Assert.That(PendingIn(gate), Is.EqualTo(inside.Count), $"seed {seed}, step {i}");
        }
    }

    /// <summary>Requests in work and in line: as many as there may be without one more being let in.</summary>
    private static int PendingIn(DeploymentGate gate)
    {
        Task place;
        var pending = 0;
        while (!gate.TryEnter(atOnce: 0, pending + 1, out place))
        {
            pending++;
        }

        gate.GiveUp(place, atOnce: 0);
        return pending;
    }
}
