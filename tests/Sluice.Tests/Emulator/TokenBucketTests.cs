using Sluice.Emulator.Faults;
using Sluice.Tests.EmulatorScoring;

namespace Sluice.Tests.Emulator;

[Category("Unit")]
internal sealed class TokenBucketTests
{
    [Test]
    public void A_bucket_starts_full_and_refuses_when_it_is_empty()
    {
        var bucket = new TokenBucket(new BucketLimit(3, 2), new ManualTime());

        var answers = Enumerable.Range(0, 4).Select(_ => (bucket.TryTake(out var left, out var wait), left, wait)).ToList();

        Assert.That(answers, Is.EqualTo(new[]
        {
            (true, 2, TimeSpan.Zero),
            (true, 1, TimeSpan.Zero),
            (true, 0, TimeSpan.Zero),
            (false, 0, TimeSpan.FromSeconds(0.5)),
        }));
    }

    [Test]
    public void A_bucket_fills_steadily_and_never_above_its_size()
    {
        var time = new ManualTime();
        var bucket = new TokenBucket(new BucketLimit(10, 4), time);
        Empty(bucket);

        time.Advance(TimeSpan.FromSeconds(0.2));
        var early = bucket.TryTake(out _, out var wait);
        time.Advance(wait);
        var then = bucket.TryTake(out var left, out _);
        time.Advance(TimeSpan.FromHours(1));
        var full = Empty(bucket);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((early, wait), Is.EqualTo((false, TimeSpan.FromSeconds(0.05))));
            Assert.That((then, left), Is.EqualTo((true, 0)));
            Assert.That(full, Is.EqualTo(10));
        }
    }

    [Test]
    public void The_public_limits_let_through_what_Azure_lets_through()
    {
        var time = new ManualTime();
        var budgets = new RequestBudgets(BudgetLimits.Azure, time);

        var atOnce = Through(budgets);
        time.Advance(TimeSpan.FromSeconds(2));
        var later = Through(budgets);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(atOnce, Is.EqualTo((250, 200, 200)));
            Assert.That(later, Is.EqualTo((50, 20, 20)));
            Assert.That(budgets.Refused, Is.EqualTo(6));
        }
    }

    [TestCase("GET", "read")]
    [TestCase("HEAD", "read")]
    [TestCase("PUT", "write")]
    [TestCase("PATCH", "write")]
    [TestCase("POST", "write")]
    [TestCase("DELETE", "delete")]
    public void Each_method_has_its_budget(string method, string budget)
    {
        Assert.That(new RequestBudgets(BudgetLimits.Azure, new ManualTime()).Take(method).Name, Is.EqualTo(budget));
    }

    private static (int Reads, int Writes, int Deletes) Through(RequestBudgets budgets) =>
        (Through(budgets, "GET"), Through(budgets, "PUT"), Through(budgets, "DELETE"));

    private static int Through(RequestBudgets budgets, string method)
    {
        var through = 0;
        while (budgets.Take(method).Wait is null)
        {
            through++;
        }

        return through;
    }

    private static int Empty(TokenBucket bucket)
    {
        var taken = 0;
        while (bucket.TryTake(out _, out _))
        {
            taken++;
        }

        return taken;
    }
}
