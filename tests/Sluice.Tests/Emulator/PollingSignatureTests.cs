using Sluice.Emulator.Arm;

namespace Sluice.Tests.Emulator;

[Category("Unit")]
internal sealed class PollingSignatureTests
{
    private const string Root = "https://localhost:40000";
    private const string Target = "/subscriptions/1/providers/p/locations/l/mfeOperationsStatus/oe:a:b?api-version=2022-02-01-preview";
    private static readonly PollingSignature Signature = new("secret");

    [Test]
    public void A_signed_address_is_as_long_as_Azures_and_holds_as_it_came_in_the_next_process_too()
    {
        var signed = Signature.Sign(Root, Root + Target, Sample.Now);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(signed, Does.StartWith($"{Root}{Target}&t={Sample.Now.UtcTicks}&c="));
            Assert.That(signed, Has.Length.InRange(3000, 3600));
            Assert.That(new PollingSignature("secret").Holds(signed[Root.Length..]), Is.True);
            Assert.That(new PollingSignature("other").Holds(signed[Root.Length..]), Is.False);
        }
    }

    [TestCase("oe:a:b", "oe:a:c")]
    [TestCase("&t=6", "&t=5")]
    [TestCase("&s=", "&s=A")]
    [TestCase("&h=", "&h=A")]
    [TestCase("&c=", "&x=")]
    public void A_changed_address_does_not_hold(string part, string other)
    {
        var signed = Signature.Sign(Root, Root + Target, Sample.Now)[Root.Length..];

        Assert.That(signed, Does.Contain(part));
        Assert.That(Signature.Holds(signed.Replace(part, other, StringComparison.Ordinal)), Is.False);
    }

    [Test]
    public void The_api_version_may_be_the_clients_own()
    {
        var signed = Signature.Sign(Root, Root + Target, Sample.Now)[Root.Length..];

        Assert.That(Signature.Holds(signed.Replace("2022-02-01-preview", "2025-12-01", StringComparison.Ordinal)), Is.True);
    }

    [Test]
    public void An_address_that_was_never_signed_holds_and_one_that_is_not_polled_is_not_signed()
    {
        var resource = $"{Root}/subscriptions/1/x?api-version=1";

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Signature.Holds(Target), Is.True);
            Assert.That(Signature.Sign(Root, resource, Sample.Now), Is.EqualTo(resource));
        }
    }
}
