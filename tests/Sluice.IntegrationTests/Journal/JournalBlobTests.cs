using System.Text;
using Azure.Storage.Blobs.Specialized;
using Sluice.AzureML.Journal;
using Sluice.IntegrationTests.Conformance;
using Sluice.IntegrationTests.Faults;
using Sluice.Rollouts.Ports;

namespace Sluice.IntegrationTests.Journal;

/// <summary>The journal on the local Azure ML's blob service and on Microsoft's own storage emulator.</summary>
[TestFixture(BlobServer.LocalByHost)]
[TestFixture(BlobServer.Azurite)]
[Category("Integration")]
public sealed class JournalBlobTests(BlobServer kind)
{
    private readonly List<JournalClient> _clients = [];
    private JournalServer _server = null!;
    private string _endpoint = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await JournalServer.StartAsync(kind);

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    [SetUp]
    public void ChooseEndpoint() => _endpoint = $"heart-{Guid.NewGuid():N}";

    [TearDown]
    public void Disconnect()
    {
        _clients.ForEach(client => client.Dispose());
        _clients.Clear();
    }

    [Test]
    public async Task What_was_appended_is_there_for_the_next_process_and_for_other_tools()
    {
        var journal = Connect().Journal(_endpoint);
        var before = await ReadAsync(journal);
        await using (var held = await LockAsync(journal))
        {
            await AppendAsync(held, "one\n");
            await AppendAsync(held, "zwei ü\n");
        }

        await using var next = await LockAsync(Connect().Journal(_endpoint));
        var blob = await _server.Container.GetBlobClient($"sluice/{_endpoint}/journal.jsonl").DownloadContentAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.Empty);
            Assert.That(Text(next.Content), Is.EqualTo("one\nzwei ü\n"));
            Assert.That(blob.Value.Content.ToString(), Is.EqualTo("one\nzwei ü\n"));
            Assert.That(blob.Value.Details.BlobCommittedBlockCount, Is.EqualTo(2));
        }
    }

    [Test]
    public async Task Approvals_are_left_at_once_while_somebody_holds_the_lock_and_none_is_lost()
    {
        var journal = Connect().Journal(_endpoint);
        var before = await journal.ReadApprovalsAsync(CancellationToken.None);
        await using var held = await LockAsync(journal);
        var people = Enumerable.Range(0, 6).Select(person => $"{person}\n").ToList();

        await Task.WhenAll(people.Select(line => Connect().Journal(_endpoint).LeaveApprovalAsync(Encoding.UTF8.GetBytes(line), CancellationToken.None)));
        await AppendAsync(held, "one\n");

        var left = Text(await journal.ReadApprovalsAsync(CancellationToken.None));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(before.IsEmpty);
            Assert.That(left.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line + "\n"), Is.EquivalentTo(people));
            Assert.That(await ReadAsync(journal), Is.EqualTo("one\n"));
        }
    }

    [Test]
    public async Task Of_many_who_want_the_lock_at_once_exactly_one_gets_it()
    {
        var journals = Enumerable.Range(0, 4).Select(_ => Connect().Journal(_endpoint)).ToList();
        var winners = new List<int>();

        for (var round = 0; round < 5; round++)
        {
            var locks = await Task.WhenAll(journals.Select(journal => journal.TryLockAsync(takeOver: false, CancellationToken.None)));
            var held = locks.OfType<IJournalLock>().ToList();
            winners.Add(held.Count);
            foreach (var each in held)
            {
                await AppendAsync(each, $"{round}\n");
                await each.DisposeAsync();
            }
        }

        Assert.That(winners, Is.All.EqualTo(1));
        Assert.That(await ReadAsync(journals[0]), Is.EqualTo("0\n1\n2\n3\n4\n"));
    }

    [Test]
    public async Task A_lock_whose_holder_died_is_free_after_the_lease_time()
    {
        var dying = Connect();
        var held = await LockAsync(dying.Journal(_endpoint));
        await AppendAsync(held, "dying\n");
        dying.Dispose();
        var journal = Connect().Journal(_endpoint);

        var atOnce = await journal.TryLockAsync(takeOver: false, CancellationToken.None);
        await _server.PassAsync(journal.LeaseTime + TimeSpan.FromSeconds(1));
        await using var next = await LockAsync(journal);
        await held.DisposeAsync();
        await AppendAsync(next, "next\n");

        Assert.That(atOnce, Is.Null);
        Assert.That(await ReadAsync(journal), Is.EqualTo("dying\nnext\n"));
    }

    [Test]
    public async Task A_lock_whose_holder_hung_past_the_lease_time_goes_on_unless_another_took_it()
    {
        var hanging = Connect().Journal(_endpoint, new StillTime());
        var other = Connect().Journal(_endpoint);
        await using var held = await LockAsync(hanging);
        await AppendAsync(held, "one\n");

        await _server.PassAsync(hanging.LeaseTime + TimeSpan.FromSeconds(1));
        await AppendAsync(held, "two\n");
        var between = await other.TryLockAsync(takeOver: false, CancellationToken.None);
        await _server.PassAsync(hanging.LeaseTime + TimeSpan.FromSeconds(1));
        await using var taken = await LockAsync(other);
        await Assert.ThrowsAsync<LockLostException>(() => AppendAsync(held, "late\n"));
        await AppendAsync(taken, "other\n");
        await Assert.ThrowsAsync<LockLostException>(() => AppendAsync(held, "later\n"));

        Assert.That(between, Is.Null);
        Assert.That(await ReadAsync(other), Is.EqualTo("one\ntwo\nother\n"));
    }

    [Test]
    public async Task Who_is_taken_over_can_append_no_more()
    {
        await using var former = await LockAsync(Connect().Journal(_endpoint));
        await AppendAsync(former, "former\n");
        var journal = Connect().Journal(_endpoint);

        await using var taker = await LockAsync(journal, takeOver: true);
        await Assert.ThrowsAsync<LockLostException>(() => AppendAsync(former, "late\n"));
        await AppendAsync(taker, "taker\n");
        await former.DisposeAsync();
        await AppendAsync(taker, "still\n");

        Assert.That(Text(taker.Content), Is.EqualTo("former\n"));
        Assert.That(await ReadAsync(journal), Is.EqualTo("former\ntaker\nstill\n"));
    }

    [Test]
    public async Task Appends_whose_answers_are_lost_are_done_once()
    {
        var client = Connect();
        var journal = client.Journal(_endpoint);
        await using var held = await LockAsync(journal);
        var requests = 0;
        client.Way.Loses = request =>
            request.RequestUri!.Query.Contains("comp=appendblock", StringComparison.Ordinal) && requests++ % 2 == 0;
        var lines = Enumerable.Range(0, 20).Select(number => $"{number}\n").ToList();

        foreach (var line in lines)
        {
            await AppendAsync(held, line);
        }

        Assert.That(await ReadAsync(journal), Is.EqualTo(string.Concat(lines)));
        Assert.That(requests, Is.GreaterThan(lines.Count));
    }

    [Test]
    public async Task Many_appends_at_once_and_renewals_between_them_lose_and_repeat_nothing()
    {
        const int TimesFaster = 20;
        var client = Connect();
        var journal = client.Journal(_endpoint, new FastTime(TimesFaster));
        await using var held = await LockAsync(journal);
        var lines = Enumerable.Range(0, 200).Select(number => $"{number}").ToList();

        await Task.WhenAll(lines.Select(line => AppendAsync(held, line + "\n")));
        while (client.Way.Renewals == 0)
        {
            lines.Add($"{lines.Count}");
            await AppendAsync(held, lines[^1] + "\n");
        }

        Assert.That((await ReadAsync(journal)).Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.EquivalentTo(lines));
    }

    [Test]
    public async Task A_journal_that_somebody_deletes_is_an_error_and_not_begun_anew()
    {
        var journal = Connect().Journal(_endpoint);
        await using var held = await LockAsync(journal);
        await AppendAsync(held, "one\n");
        var blob = _server.Container.GetBlobClient($"sluice/{_endpoint}/journal.jsonl");
        await blob.GetBlobLeaseClient().BreakAsync(TimeSpan.Zero);
        await blob.DeleteAsync();

        var failure = await Assert.ThrowsAsync<WorkspaceCallException>(() => AppendAsync(held, "two\n"));

        Assert.That(failure!.Code, Is.EqualTo("BlobNotFound"));
        Assert.That((await blob.ExistsAsync()).Value, Is.False);
    }

    private JournalClient Connect()
    {
        var client = _server.Connect();
        _clients.Add(client);
        return client;
    }

    private static async Task<IJournalLock> LockAsync(JournalBlob journal, bool takeOver = false) =>
        await journal.TryLockAsync(takeOver, CancellationToken.None) ?? throw new AssertionException("The lock was not to be had.");

    private static async Task<string> ReadAsync(JournalBlob journal) => Text(await journal.ReadAsync(CancellationToken.None));

    private static Task AppendAsync(IJournalLock held, string lines) =>
        held.AppendAsync(Encoding.UTF8.GetBytes(lines), CancellationToken.None);

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
