using Sluice.Sessions;
using Sluice.Tests.EmulatorScoring;

namespace Sluice.Tests.Sessions;

/// <summary>A clock that runs faster, over one that stands still until it is told to go on.</summary>
[Category("Unit")]
internal sealed class ScaledTimeTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private ManualTime _real = null!;

    [SetUp]
    public void StopTheClock() => _real = new ManualTime();

    [Test]
    public void It_begins_at_the_other_clocks_time_and_an_hour_of_it_takes_a_minute()
    {
        var begin = _real.GetUtcNow();
        var time = new ScaledTime(_real, 60);
        var since = time.GetTimestamp();
        var atFirst = time.GetUtcNow();

        _real.Advance(Minute);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(atFirst, Is.EqualTo(begin));
            Assert.That(time.GetUtcNow(), Is.EqualTo(begin + TimeSpan.FromHours(1)));
            Assert.That(time.GetElapsedTime(since), Is.EqualTo(TimeSpan.FromHours(1)));
        }
    }

    [Test]
    public void With_the_speed_1_it_is_the_other_clock()
    {
        var time = new ScaledTime(_real, 1);

        _real.Advance(TimeSpan.FromTicks(12_345_678));

        Assert.That(time.GetUtcNow(), Is.EqualTo(_real.GetUtcNow()));
    }

    [Test]
    public void A_delay_ends_when_its_time_has_passed_by_the_faster_clock_and_not_before()
    {
        var time = new ScaledTime(_real, 60);
        var delay = Task.Delay(Minute, time);

        _real.Advance(Second - TimeSpan.FromTicks(1));
        var before = delay.IsCompleted;
        _real.Advance(TimeSpan.FromTicks(1));

        Assert.That((before, delay.IsCompleted), Is.EqualTo((false, true)));
    }

    [Test]
    public void A_pause_that_is_shorter_than_a_real_millisecond_lasts_one()
    {
        var time = new ScaledTime(_real, 1000);
        var begin = time.GetTimestamp();
        var delay = Task.Delay(TimeSpan.FromMilliseconds(50), time);
        var atOnce = delay.IsCompleted;

        _real.Advance(TimeSpan.FromMilliseconds(1));

        Assert.That((atOnce, delay.IsCompleted), Is.EqualTo((false, true)));
        Assert.That(time.GetElapsedTime(begin), Is.GreaterThanOrEqualTo(TimeSpan.FromMilliseconds(50)));
    }

    [Test]
    public async Task A_periodic_timer_ticks_at_its_period_by_the_faster_clock()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(30), new ScaledTime(_real, 60));
        var ticks = 0;
        for (var half = 0; half < 4; half++)
        {
            var tick = timer.WaitForNextTickAsync();
            _real.Advance(Second / 4);
            ticks += tick.IsCompleted ? 1 : 0;
            _real.Advance(Second / 4);
            await tick;
        }

        Assert.That(ticks, Is.Zero, "It ticked after half of its period.");
    }

    [Test]
    public void A_timer_that_is_changed_rings_by_its_new_times_and_one_without_a_time_never()
    {
        var rings = 0;
        using var timer = new ScaledTime(_real, 60).CreateTimer(_ => rings++, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _real.Advance(TimeSpan.FromDays(1));
        var unset = rings;

        timer.Change(Minute, Minute);
        _real.Advance(Second);
        _real.Advance(Second);
        var afterTwo = rings;
        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _real.Advance(TimeSpan.FromDays(1));

        Assert.That((unset, afterTwo, rings), Is.EqualTo((0, 2, 2)));
    }

    [Test]
    public void A_time_out_runs_by_the_faster_clock()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(45), new ScaledTime(_real, 240));

        _real.Advance(TimeSpan.FromSeconds(11));
        var before = limit.IsCancellationRequested;
        _real.Advance(TimeSpan.FromSeconds(0.25));

        Assert.That((before, limit.IsCancellationRequested), Is.EqualTo((false, true)));
    }

    [Test]
    public void While_work_is_done_it_runs_as_fast_as_the_other_clock_and_after_it_faster_again()
    {
        var time = new ScaledTime(_real, 60);
        var begin = time.GetUtcNow();
        TimeSpan Elapsed() => time.GetUtcNow() - begin;

        _real.Advance(Second);
        var work = time.BeginWork();
        _real.Advance(Second);
        var amid = Elapsed();
        work.Dispose();
        var after = Elapsed();
        _real.Advance(Second);

        Assert.That(
            (amid, after, Elapsed(), time.RealElapsed),
            Is.EqualTo((Minute + Second, Minute + Second, (2 * Minute) + Second, 3 * Second)));
    }

    [Test]
    public void It_waits_for_the_last_of_several_pieces_of_work_and_one_that_is_ended_twice_counts_once()
    {
        var time = new ScaledTime(_real, 60);
        var begin = time.GetTimestamp();
        var first = time.BeginWork();
        var second = time.BeginWork();

        first.Dispose();
        first.Dispose();
        _real.Advance(Second);
        var amid = time.GetElapsedTime(begin);
        second.Dispose();
        _real.Advance(Second);

        Assert.That((amid, time.GetElapsedTime(begin)), Is.EqualTo((Second, Second + Minute)));
    }

    [Test]
    public void A_limit_that_would_have_passed_during_the_work_has_not_run_out()
    {
        using var limit = new CancellationTokenSource(Minute, new ScaledTime(_real, 60));
        var time = new ScaledTime(_real, 60);
        using var spared = new CancellationTokenSource(Minute, time);
        using (time.BeginWork())
        {
            for (var second = 0; second < 59; second++)
            {
                _real.Advance(Second);
            }
        }

        var before = spared.IsCancellationRequested;
        _real.Advance(TimeSpan.FromMilliseconds(17));

        Assert.That((limit.IsCancellationRequested, before, spared.IsCancellationRequested), Is.EqualTo((true, false, true)));
    }

    [Test]
    public void A_delay_amid_work_takes_as_long_as_by_the_other_clock()
    {
        var time = new ScaledTime(_real, 60);
        using var work = time.BeginWork();
        var delay = Task.Delay(2 * Second, time);

        for (var hundredth = 0; hundredth < 199; hundredth++)
        {
            _real.Advance(Second / 100);
        }

        var before = delay.IsCompleted;
        _real.Advance(Second / 100);

        Assert.That((before, delay.IsCompleted), Is.EqualTo((false, true)));
    }

    [TestCase(0)]
    [TestCase(-60)]
    public void It_can_not_run_slower_than_the_other_clock(int speed) =>
        Assert.That(() => new ScaledTime(_real, speed), Throws.InstanceOf<ArgumentOutOfRangeException>());
}
