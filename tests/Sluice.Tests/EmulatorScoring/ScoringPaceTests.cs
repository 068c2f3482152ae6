using Sluice.Emulator.Scoring;

namespace Sluice.Tests.EmulatorScoring;

/// <summary>Which requests are done sooner than they could be handed on.</summary>
[Category("Unit")]
internal sealed class ScoringPaceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private ManualTime _time = null!;
    private ScoringPace _pace = null!;

    [SetUp]
    public void Begin()
    {
        _time = new ManualTime();
        _pace = new ScoringPace(_time);
    }

    [Test]
    public void What_was_never_seen_is_not_quick() => Assert.That(_pace.IsQuick(100, Patience), Is.False);

    [Test]
    public void A_size_that_took_a_millisecond_is_quick_and_a_larger_one_is_unknown()
    {
        Took(100, milliseconds: 1);

        Assert.That(_pace.IsQuick(100, Patience), Is.True);
        Assert.That(_pace.IsQuick(10_000, Patience), Is.False);
    }

    [Test]
    public void Six_milliseconds_are_not_quick_however_patient_one_is()
    {
        Took(100, milliseconds: 6);

        Assert.That(_pace.IsQuick(100, TimeSpan.FromMinutes(3)), Is.False);
    }

    [Test]
    public void A_twentieth_of_the_patience_is_the_most()
    {
        Took(100, milliseconds: 2);

        Assert.That(_pace.IsQuick(100, TimeSpan.FromMilliseconds(41)), Is.True);
        Assert.That(_pace.IsQuick(100, TimeSpan.FromMilliseconds(39)), Is.False);
    }

    [Test]
    public void One_slow_request_is_remembered_at_once_and_forgotten_after_many_quick_ones()
    {
        Took(100, milliseconds: 1);
        Took(100, milliseconds: 50);
        Assert.That(_pace.IsQuick(100, Patience), Is.False);

        for (var request = 0; request < 40; request++)
        {
            Took(100, milliseconds: 1);
        }

        Assert.That(_pace.IsQuick(100, Patience), Is.True);
    }

    private void Took(int bytes, double milliseconds)
    {
        var begin = _pace.Begin();
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        _pace.Note(bytes, begin);
    }
}
