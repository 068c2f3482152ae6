using FsCheck;
using FsCheck.Fluent;
using Sluice.Emulator.Blobs;

namespace Sluice.Tests.Emulator;

[Category("Unit")]
internal sealed class LeaseTests
{
    private static readonly Guid Mine = Guid.Parse("00000000-0000-0000-0000-000000000001");
    private static readonly Guid Other = Guid.Parse("00000000-0000-0000-0000-000000000002");
    private static readonly DateTimeOffset Now = Sample.Now;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Test]
    public void It_expires_by_itself_can_be_renewed_and_lost_to_another()
    {
        var lease = Lease.Acquire(null, Mine, Minute, Now);
        var later = Now + Minute;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Lease.StateOf(lease, later - TimeSpan.FromTicks(1)), Is.EqualTo(LeaseState.Leased));
            Assert.That(Lease.StateOf(lease, later), Is.EqualTo(LeaseState.Expired));
            Assert.That(Lease.StateOf(Lease.Renew(lease, Mine, later), later), Is.EqualTo(LeaseState.Leased));
            Assert.That(Lease.Acquire(lease, Other, null, later).Id, Is.EqualTo(Other));
            Assert.That(Code(() => Lease.CheckWrite(lease, Mine, later, "Blob")), Is.EqualTo("LeaseLost"));
            Assert.That(Lease.AfterWrite(lease, later), Is.Null);
        }
    }

    [Test]
    public void While_it_holds_only_its_id_acquires_renews_changes_and_releases()
    {
        var lease = Lease.Acquire(null, Mine, null, Now);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Lease.Acquire(lease, Mine, Minute, Now).Duration, Is.EqualTo(Minute));
            Assert.That(Code(() => Lease.Acquire(lease, Other, null, Now)), Is.EqualTo("LeaseAlreadyPresent"));
            Assert.That(Code(() => Lease.Renew(lease, Other, Now)), Is.EqualTo("LeaseIdMismatchWithLeaseOperation"));
            Assert.That(Code(() => Lease.Change(lease, Other, Guid.NewGuid(), Now)), Is.EqualTo("LeaseIdMismatchWithLeaseOperation"));
            Assert.That(Code(() => Lease.Release(lease, Other)), Is.EqualTo("LeaseIdMismatchWithLeaseOperation"));
            Assert.That(Code(() => Lease.Release(null, Mine)), Is.EqualTo("LeaseNotPresentWithLeaseOperation"));
            Assert.That(Lease.Change(lease, Mine, Other, Now).Id, Is.EqualTo(Other));
        }
    }

    [Test]
    public void Breaking_takes_what_remains_or_a_shorter_period_and_then_it_cannot_be_renewed()
    {
        var lease = Lease.Acquire(null, Mine, Minute, Now);
        var breaking = Lease.Break(lease, TimeSpan.FromSeconds(10), Now);
        var broken = Now.AddSeconds(10);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Lease.Break(lease, null, Now.AddSeconds(20)).BreakTime(Now.AddSeconds(20)), Is.EqualTo(TimeSpan.FromSeconds(40)));
            Assert.That(Lease.Break(lease, TimeSpan.FromSeconds(60), Now.AddSeconds(20)).BreakTime(Now.AddSeconds(20)), Is.EqualTo(TimeSpan.FromSeconds(40)));
            Assert.That(Lease.StateOf(breaking, Now), Is.EqualTo(LeaseState.Breaking));
            Assert.That(Code(() => Lease.CheckWrite(breaking, null, Now, "Blob")), Is.EqualTo("LeaseIdMissing"));
            Assert.That(Code(() => Lease.Acquire(breaking, Mine, null, Now)), Is.EqualTo("LeaseIsBreakingAndCannotBeAcquired"));
            Assert.That(Lease.StateOf(breaking, broken), Is.EqualTo(LeaseState.Broken));
            Assert.That(Code(() => Lease.Renew(breaking, Mine, broken)), Is.EqualTo("LeaseIsBrokenAndCannotBeRenewed"));
            Assert.That(Lease.Acquire(breaking, Other, null, broken).Id, Is.EqualTo(Other));
            Assert.That(Lease.StateOf(Lease.Break(Lease.Acquire(null, Mine, null, Now), null, Now), Now), Is.EqualTo(LeaseState.Broken));
            Assert.That(Code(() => Lease.Break(null, null, Now)), Is.EqualTo("LeaseNotPresentWithLeaseOperation"));
        }
    }

    [Test]
    public void Whatever_two_clients_do_only_the_holder_writes_while_it_holds()
    {
        var steps = Gen.ListOf(Gen.Zip(Gen.Elements("acquire", "renew", "release", "break", "wait"), Gen.Elements(Mine, Other)));

        Prop.ForAll(steps.ToArbitrary(), sequence =>
        {
            Lease? lease = null;
            var now = Now;
            foreach (var (action, id) in sequence)
            {
                try
                {
                    switch (action)
                    {
                        case "acquire":
                            lease = Lease.Acquire(lease, id, Minute, now);
                            break;
                        case "renew":
                            lease = Lease.Renew(lease, id, now);
                            break;
                        case "release":
                            Lease.Release(lease, id);
                            lease = null;
                            break;
                        case "break":
                            lease = Lease.Break(lease, TimeSpan.FromSeconds(5), now);
                            break;
                        default:
                            now += TimeSpan.FromSeconds(40);
                            break;
                    }
                }
                catch (BlobRefusedException)
                {
                    // The property is about what remains.
                }

                var locked = Lease.IsLocked(lease, now);
                var writers = new Guid?[] { Mine, Other, null }.Count(writer => Code(() => Lease.CheckWrite(lease, writer, now, "Blob")) is null);
                if (writers != 1 || (locked && Code(() => Lease.CheckWrite(lease, lease!.Id, now, "Blob")) is not null))
                {
                    return false;
                }
            }

            return true;
        }).QuickCheckThrowOnFailure();
    }

    private static string? Code(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (BlobRefusedException refused)
        {
            return refused.Code;
        }
    }
}
