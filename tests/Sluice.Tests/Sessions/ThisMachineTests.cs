using Sluice.Sessions;

namespace Sluice.Tests.Sessions;

[Category("Unit")]
internal sealed class ThisMachineTests
{
    [Test]
    public void A_process_that_runs_is_known_to_run_also_by_its_time_alone_as_earlier_releases_wrote_it()
    {
        var own = ThisMachine.Process();

        Assert.That(ThisMachine.Runs(own), Is.True);
        Assert.That(ThisMachine.Runs(own with { StartTick = null }), Is.True);
        Assert.That(ThisMachine.Runs(own with { StartTick = null, Started = own.Started.AddHours(-1) }), Is.False);
    }

    [Test]
    [Platform(Include = "Linux", Reason = "Linux alone counts the ticks from its boot to a process's start.")]
    public void A_wall_clock_that_is_put_forward_or_back_makes_no_living_process_a_dead_one()
    {
        var own = ThisMachine.Process();

        Assert.That(ThisMachine.Runs(own with { Started = own.Started.AddHours(1) }), Is.True);
        Assert.That(ThisMachine.Runs(own with { Started = own.Started.AddHours(-1) }), Is.True);
    }

    [Test]
    [Platform(Include = "Linux", Reason = "Linux alone counts the ticks from its boot to a process's start.")]
    public void A_process_that_has_the_number_of_another_one_is_not_that_one()
    {
        var own = ThisMachine.Process();

        Assert.That(ThisMachine.Runs(own with { StartTick = own.StartTick - 1 }), Is.False);
    }

    [Test]
    public void Of_a_process_of_another_machine_nobody_knows()
    {
        Assert.That(ThisMachine.Runs(ThisMachine.Process() with { Machine = "elsewhere" }), Is.Null);
    }
}
