using System.Net;
using System.Text;
using Sluice.AzureML.Connection;
using Sluice.AzureML.Journal;
using Sluice.Emulator.Blobs;
using Sluice.Rollouts.Ports;
using Sluice.Tests.AzureML;
using Sluice.Tests.AzureResourceManagerMachineLearning;
using Sluice.Tests.EmulatorScoring;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Journal;

[Category("Unit")]
internal sealed class JournalBlobTests
{
    private const string First = "sluice/heart/journal.jsonl";
    private const string Second = "sluice/heart/journal.1.jsonl";

    private static readonly TimeSpan CallTimeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(15);

    private ManualTime _time = null!;
    private ManualTime _serviceTime = null!;
    private TestWorkspace _test = null!;
    private AppendBlobs _blobs = null!;
    private JournalBlob _journal = null!;

    [SetUp]
    public void Start()
    {
        _time = new ManualTime();
        _serviceTime = new ManualTime();
        _test = new TestWorkspace();
        _blobs = new AppendBlobs(_serviceTime);
        StorageAnswers.Script(_test.Service);
        _blobs.Serve(_test.Service);
        _journal = JournalAt(_test.Connection);
    }

    [TearDown]
    public void Stop() => _test.Dispose();

    [Test]
    public async Task A_journal_that_nobody_began_is_empty_and_reading_does_not_begin_it()
    {
        var content = await _journal.ReadAsync(CancellationToken.None);

        Assert.That(content.IsEmpty);
        Assert.That(_blobs.Blobs, Is.Empty);
    }

    [Test]
    public async Task What_was_appended_is_read_in_order_by_everybody_and_found_by_the_next_holder()
    {
        await using (var first = await LockAsync())
        {
            await AppendAsync(first, "one\n");
            await AppendAsync(first, "zwei ü\n");
        }

        await using var second = await LockAsync();
        await AppendAsync(second, "three\n");

        Assert.That(Text(second.Content), Is.EqualTo("one\nzwei ü\n"));
        Assert.That(await ReadAsync(), Is.EqualTo("one\nzwei ü\nthree\n"));
    }

    [Test]
    public async Task Nobody_else_gets_the_lock_until_it_is_given_back()
    {
        var held = await LockAsync();

        var meanwhile = await _journal.TryLockAsync(takeOver: false, CancellationToken.None);
        await held.DisposeAsync();
        await using var afterwards = await _journal.TryLockAsync(takeOver: false, CancellationToken.None);

        Assert.That(meanwhile, Is.Null);
        Assert.That(afterwards, Is.Not.Null);
    }

    [Test]
    public async Task A_lock_whose_holder_died_is_free_after_the_lease_time_and_then_the_dead_one_s_no_more()
    {
        await using var dead = await LockAsync();

        _serviceTime.Advance(LeaseTime - TimeSpan.FromTicks(1));
        var before = await _journal.TryLockAsync(takeOver: false, CancellationToken.None);
        _serviceTime.Advance(TimeSpan.FromTicks(1));
        await using var next = await LockAsync();
        await AppendAsync(next, "next\n");

        Assert.That(before, Is.Null);
        Assert.That(_journal.LeaseTime, Is.EqualTo(LeaseTime));
        await Assert.ThrowsAsync<LockLostException>(() => AppendAsync(dead, "dead\n"));
        Assert.That(await ReadAsync(), Is.EqualTo("next\n"));
    }

    [Test]
    public async Task A_lock_is_renewed_as_long_as_it_is_held_even_where_a_renewal_fails_and_no_longer()
    {
        using var renewals = new SemaphoreSlim(0);
        var tries = 0;
        _blobs.Before = request =>
        {
            if (AppendBlobs.ActionOf(request) != "renew")
            {
                return null;
            }

            renewals.Release();
            return ++tries % 2 == 0 ? InMemoryBlobs.Refuse(HttpStatusCode.BadRequest, "InvalidInput") : null;
        };
        var held = await LockAsync();
        var others = new List<IJournalLock?>();

        for (var passed = TimeSpan.Zero; passed < 4 * LeaseTime; passed += LeaseTime / 3)
        {
            _serviceTime.Advance(LeaseTime / 3);
            _time.Advance(LeaseTime / 3);
            await renewals.WaitAsync();
            others.Add(await _journal.TryLockAsync(takeOver: false, CancellationToken.None));
        }

        await held.DisposeAsync();
        var last = tries;
        _time.Advance(LeaseTime);

        Assert.That(others, Is.All.Null);
        Assert.That(tries, Is.EqualTo(last));
        Assert.That(_time.Timers, Is.Zero);
    }

    [Test]
    public async Task A_lease_that_expired_and_that_nobody_took_goes_on()
    {
        await using var held = await LockAsync();
        await AppendAsync(held, "one\n");

        _serviceTime.Advance(10 * LeaseTime);
        await AppendAsync(held, "two\n");
        var other = await _journal.TryLockAsync(takeOver: false, CancellationToken.None);

        Assert.That(await ReadAsync(), Is.EqualTo("one\ntwo\n"));
        Assert.That(other, Is.Null);
    }

    [Test]
    public async Task Who_is_taken_over_can_append_no_more()
    {
        await using var former = await LockAsync();
        await AppendAsync(former, "former\n");

        await using var taker = await LockAsync(takeOver: true);
        var lost = await Assert.ThrowsAsync<LockLostException>(() => AppendAsync(former, "late\n"));
        await AppendAsync(taker, "taker\n");
        await former.DisposeAsync();
        await AppendAsync(taker, "still\n");

        Assert.That(lost!.Message, Does.Contain(First).And.Contain("workspace ws"));
        Assert.That(Text(taker.Content), Is.EqualTo("former\n"));
        Assert.That(await ReadAsync(), Is.EqualTo("former\ntaker\nstill\n"));
    }

    [Test]
    public async Task Who_is_taken_over_is_told_so_without_appending()
    {
        await using var former = await LockAsync();
        await former.RequireAsync(CancellationToken.None);

        await using var taker = await LockAsync(takeOver: true);

        await Assert.ThrowsAsync<LockLostException>(() => former.RequireAsync(CancellationToken.None));
        Assert.That(await ReadAsync(), Is.Empty);
    }

    [Test]
    public async Task A_lock_that_is_given_back_while_it_is_taken_over_is_had_all_the_same()
    {
        var former = await LockAsync();
        _blobs.Before = request =>
        {
            if (AppendBlobs.ActionOf(request) == "break")
            {
                _blobs.Blobs[First] = _blobs.Blobs[First] with { Lease = null };
            }

            return null;
        };

        await using var taker = await LockAsync(takeOver: true);
        await former.DisposeAsync();

        await AppendAsync(taker, "taker\n");
        Assert.That(await ReadAsync(), Is.EqualTo("taker\n"));
    }

    [Test]
    public async Task Who_is_slower_in_making_the_journal_finds_it_made_and_locked()
    {
        _blobs.Before = request =>
        {
            if (AppendBlobs.ActionOf(request) == "create")
            {
                var others = Lease.Acquire(lease: null, Guid.NewGuid(), LeaseTime, _serviceTime.GetUtcNow());
                _blobs.Blobs[First] = new StoredAppendBlob("faster\n", Appends: 1, others);
            }

            return null;
        };

        var slower = await _journal.TryLockAsync(takeOver: false, CancellationToken.None);

        Assert.That(slower, Is.Null);
        Assert.That(await ReadAsync(), Is.EqualTo("faster\n"));
    }

    [Test]
    public async Task A_lock_whose_answer_was_lost_is_had_by_the_same_id()
    {
        LoseAnswers("acquire", 1);

        await using var held = await LockAsync();

        await AppendAsync(held, "one\n");
        Assert.That(await ReadAsync(), Is.EqualTo("one\n"));
    }

    [Test]
    public async Task A_lock_that_was_never_answered_keeps_nobody_off()
    {
        LoseAnswers("acquire", int.MaxValue);
        await Assert.ThrowsAsync<WorkspaceCallException>(() => _journal.TryLockAsync(takeOver: false, CancellationToken.None));

        _blobs.After = _ => { };
        await using var next = await _journal.TryLockAsync(takeOver: false, CancellationToken.None);

        Assert.That(next, Is.Not.Null);
    }

    [Test]
    public async Task An_append_whose_answer_was_lost_is_done_once()
    {
        await using var held = await LockAsync();
        LoseAnswers("append", 1);

        await AppendAsync(held, "one\n");
        await AppendAsync(held, "two\n");

        Assert.That(await ReadAsync(), Is.EqualTo("one\ntwo\n"));
    }

    [TestCase("one\n", "one\n")]
    [TestCase("two\n", "one\ntwo\n")]
    public async Task After_an_append_that_was_never_answered_the_same_or_others_are_appended_once(string next, string expected)
    {
        await using var held = await LockAsync();
        LoseAnswers("append", int.MaxValue);
        await Assert.ThrowsAsync<WorkspaceCallException>(() => AppendAsync(held, "one\n"));
        _blobs.After = _ => { };

        await AppendAsync(held, next);
        await AppendAsync(held, "three\n");

        Assert.That(await ReadAsync(), Is.EqualTo(expected + "three\n"));
    }

    [Test]
    public async Task After_an_append_that_never_arrived_the_next_goes_to_the_same_place()
    {
        await using var held = await LockAsync();
        _blobs.Before = request =>
            AppendBlobs.ActionOf(request) == "append" ? throw new HttpRequestException("Connection refused.") : null;
        var failure = await Assert.ThrowsAsync<WorkspaceCallException>(() => AppendAsync(held, "one\n"));
        _blobs.Before = _ => null;

        await AppendAsync(held, "two\n");

        Assert.That(failure!.Message, Does.Contain($"append to the journal {First}"));
        Assert.That(await ReadAsync(), Is.EqualTo("two\n"));
    }

    [Test]
    public async Task Another_s_line_behind_one_s_own_that_was_not_answered_is_the_lock_lost()
    {
        await using var held = await LockAsync();
        _blobs.After = request =>
        {
            if (AppendBlobs.ActionOf(request) == "append")
            {
                _blobs.After = _ => { };
                var blob = _blobs.Blobs[First];
                _blobs.Blobs[First] = blob with { Content = blob.Content + "another's\n" };
                throw new HttpRequestException("Connection reset by peer.");
            }
        };

        await Assert.ThrowsAsync<LockLostException>(() => AppendAsync(held, "one\n"));
    }

    [Test]
    public async Task A_journal_of_more_appends_than_a_blob_takes_goes_on_in_the_next()
    {
        _blobs.Blobs[First] = new StoredAppendBlob("old\n", AppendBlobs.MostAppends - 1);
        await using (var held = await LockAsync())
        {
            await AppendAsync(held, "last\n");
            await AppendAsync(held, "first of the next\n");
            await AppendAsync(held, "second\n");
        }

        await using var next = await LockAsync();
        await AppendAsync(next, "third\n");

        Assert.That(Text(next.Content), Is.EqualTo("old\nlast\nfirst of the next\nsecond\n"));
        Assert.That(_blobs.Blobs[First].Content, Is.EqualTo("old\nlast\n"));
        Assert.That(_blobs.Blobs[Second].Content, Is.EqualTo("first of the next\nsecond\nthird\n"));
        Assert.That(await ReadAsync(), Is.EqualTo("old\nlast\nfirst of the next\nsecond\nthird\n"));
    }

    [Test]
    public async Task The_last_append_that_a_blob_takes_is_not_repeated_in_the_next_where_its_answer_was_lost()
    {
        _blobs.Blobs[First] = new StoredAppendBlob("old\n", AppendBlobs.MostAppends - 1);
        await using var held = await LockAsync();
        LoseAnswers("append", 1);

        await AppendAsync(held, "last\n");
        await AppendAsync(held, "next\n");

        Assert.That(await ReadAsync(), Is.EqualTo("old\nlast\nnext\n"));
    }

    [Test]
    public async Task Who_is_taken_over_can_append_no_more_to_a_later_blob_either()
    {
        _blobs.Blobs[First] = new StoredAppendBlob("old\n", AppendBlobs.MostAppends);
        await using var former = await LockAsync();
        await AppendAsync(former, "former\n");

        await using var taker = await LockAsync(takeOver: true);
        await Assert.ThrowsAsync<LockLostException>(() => AppendAsync(former, "late\n"));
        await AppendAsync(taker, "taker\n");

        Assert.That(await ReadAsync(), Is.EqualTo("old\nformer\ntaker\n"));
    }

    [Test]
    public async Task A_journal_that_somebody_deletes_meanwhile_is_an_error_and_not_begun_anew()
    {
        await using var held = await LockAsync();
        await AppendAsync(held, "one\n");
        _blobs.Blobs.Clear();

        var failure = await Assert.ThrowsAsync<WorkspaceCallException>(() => AppendAsync(held, "two\n"));

        var later = await Assert.ThrowsAsync<WorkspaceCallException>(() => held.RequireAsync(CancellationToken.None));

        Assert.That(failure!.Code, Is.EqualTo("BlobNotFound"));
        Assert.That(failure.Message, Does.EndWith(
            "Somebody deleted it while this run held it. The same command begins a new one, and goes on by the endpoint's tags."));
        Assert.That(later!.Message, Is.EqualTo(failure.Message));
        Assert.That(_blobs.Blobs, Is.Empty);
    }

    [Test]
    public async Task What_is_no_append_blob_is_to_be_moved_away()
    {
        await using var held = await LockAsync();
        _blobs.Before = request =>
            AppendBlobs.ActionOf(request) == "append" ? InMemoryBlobs.Refuse(HttpStatusCode.Conflict, "InvalidBlobType") : null;

        var failure = await Assert.ThrowsAsync<WorkspaceCallException>(() => AppendAsync(held, "one\n"));

        Assert.That(failure!.Message, Does.Contain(First).And.Contain("is no append blob").And.Contain("Move it away"));
    }

    [Test]
    public async Task A_right_that_is_taken_away_meanwhile_is_an_error_that_names_it()
    {
        await using var held = await LockAsync();
        _blobs.Before = _ => InMemoryBlobs.Refuse(HttpStatusCode.Forbidden, "AuthorizationFailure");

        var failure = await Assert.ThrowsAsync<WorkspaceCallException>(() => AppendAsync(held, "two\n"));

        Assert.That(failure!.Code, Is.EqualTo("AuthorizationFailure"));
        Assert.That(failure.Message, Does.Contain("storage account 'acct'").And.Contain("firewall"));
    }

    [TestCase(0)]
    [TestCase((4 * 1024 * 1024) + 1)]
    public async Task What_can_t_be_appended_all_or_none_is_refused(int bytes)
    {
        await using var held = await LockAsync();

        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => held.AppendAsync(new byte[bytes], CancellationToken.None));

        Assert.That(refusal!.Message, Does.Contain($"{bytes} bytes").And.Contain("1 to 4194304"));
        Assert.That(await ReadAsync(), Is.Empty);
    }

    [Test]
    public async Task Without_the_right_to_read_datastores_there_is_no_journal()
    {
        _test.Service.On("GET", "/datastores/workspaceblobstore", 403, Arm.Error("AuthorizationFailed", "No authorization to read."));

        await AssertUnavailableAsync("No authorization to read.", "AzureML Data Scientist");
    }

    [Test]
    public async Task Without_a_datastore_there_is_no_journal()
    {
        _test.Service
            .On("GET", "/datastores/workspaceblobstore", 404, Arm.Error("NotFound", "no"))
            .On("GET", "/workspaces/ws/datastores", 200, Arm.List());

        await AssertUnavailableAsync("neither a datastore 'workspaceblobstore' nor a default one");
    }

    [Test]
    public async Task In_a_datastore_that_is_no_blob_container_there_is_no_journal()
    {
        _test.Service.On("GET", "/datastores/workspaceblobstore", 200, $$"""
            {"id":"{{Arm.Base}}/datastores/workspaceblobstore","name":"workspaceblobstore",
             "properties":{"isDefault":true,"credentials":{"credentialsType":"None"},"datastoreType":"AzureFile","accountName":"acct",
             "fileShareName":"share"} }
            """);

        await AssertUnavailableAsync("lies in no blob container");
    }

    [Test]
    public async Task Without_its_container_there_is_no_journal()
    {
        _blobs.Before = _ => InMemoryBlobs.Refuse(HttpStatusCode.NotFound, "ContainerNotFound");

        await AssertUnavailableAsync("ContainerNotFound");
    }

    [Test]
    public async Task Behind_the_storage_account_s_firewall_there_is_no_journal()
    {
        _blobs.Before = _ => InMemoryBlobs.Refuse(HttpStatusCode.Forbidden, "AuthorizationFailure");

        await AssertUnavailableAsync("firewall must let this machine in");
    }

    [Test]
    public async Task Without_a_right_on_the_storage_there_is_no_journal()
    {
        _test.Service.On("POST", "/listSecrets", 403, Arm.Error("AuthorizationFailed", "no right"));
        _blobs.Before = _ => InMemoryBlobs.Refuse(HttpStatusCode.Forbidden, "AuthorizationPermissionMismatch");

        await AssertUnavailableAsync("Storage Blob Data Contributor on the storage account 'acct'", "datastores/listSecrets/action");
    }

    [Test]
    public async Task A_service_at_fault_is_an_error_and_no_reason_to_go_on_without_a_journal()
    {
        _blobs.Before = _ => InMemoryBlobs.Refuse(HttpStatusCode.InternalServerError, "InternalError");

        var failure = await Assert.ThrowsAsync<WorkspaceCallException>(() => _journal.ReadAsync(CancellationToken.None));

        Assert.That(failure!.Code, Is.EqualTo("InternalError"));
    }

    [Test]
    public async Task A_key_that_was_changed_meanwhile_is_asked_for_again()
    {
        await using var held = await LockAsync();
        string? refused = null;
        _blobs.Before = request =>
        {
            refused ??= request.Headers["Authorization"];
            return request.Headers["Authorization"] == refused || OpenedTimes() == 1
                ? InMemoryBlobs.Refuse(HttpStatusCode.Forbidden, "AuthenticationFailed")
                : null;
        };

        await AppendAsync(held, "one\n");
        await AppendAsync(held, "two\n");

        Assert.That(await ReadAsync(), Is.EqualTo("one\ntwo\n"));
        Assert.That(OpenedTimes(), Is.EqualTo(2));
    }

    [Test]
    public async Task An_endpoint_has_one_journal_and_one_lock_in_whatever_case_its_name_is_written()
    {
        var shouted = new JournalBlob(_test.Connection, "HEART", CallTimeout, _time);

        await using var held = await LockAsync();
        await AppendAsync(held, "one\n");

        Assert.That(await shouted.TryLockAsync(takeOver: false, CancellationToken.None), Is.Null);
        Assert.That(Text(await shouted.ReadAsync(CancellationToken.None)), Is.EqualTo("one\n"));
        Assert.That(_blobs.Blobs.Keys, Is.EqualTo(new[] { First }));
    }

    [Test]
    public async Task A_journal_that_was_begun_under_the_name_as_it_is_written_is_read_before_the_one_that_is_appended_to()
    {
        var mixed = new JournalBlob(_test.Connection, "Heart", CallTimeout, _time);
        _blobs.Blobs["sluice/Heart/journal.jsonl"] = new StoredAppendBlob("before\n");

        await using var held = await mixed.TryLockAsync(takeOver: false, CancellationToken.None);
        await AppendAsync(held!, "after\n");

        Assert.That(Text(held!.Content), Is.EqualTo("before\n"));
        Assert.That(Text(await mixed.ReadAsync(CancellationToken.None)), Is.EqualTo("before\nafter\n"));
        Assert.That(await ReadAsync(), Is.EqualTo("after\n"));
    }

    [Test]
    public async Task The_datastore_is_opened_once_for_all_who_share_the_connection()
    {
        var other = new JournalBlob(_test.Connection, "lung", CallTimeout, _time);

        await using var held = await LockAsync();
        await AppendAsync(held, "one\n");
        await other.ReadAsync(CancellationToken.None);

        Assert.That(OpenedTimes(), Is.EqualTo(1));
    }

    [Test]
    public async Task An_account_that_takes_no_keys_is_asked_with_one_only_once()
    {
        var withKey = 0;
        _blobs.Before = request =>
        {
            if (!request.Headers["Authorization"].StartsWith("SharedKey", StringComparison.Ordinal))
            {
                return null;
            }

            withKey++;
            return InMemoryBlobs.Refuse(HttpStatusCode.Forbidden, "KeyBasedAuthenticationNotPermitted");
        };

        await using var held = await LockAsync();
        await AppendAsync(held, "one\n");

        Assert.That(await ReadAsync(), Is.EqualTo("one\n"));
        Assert.That(withKey, Is.EqualTo(1));
    }

    [Test]
    public async Task A_lock_is_disposed_of_without_a_word_where_the_service_is_gone_and_more_than_once()
    {
        var held = await LockAsync();
        _blobs.Before = _ => throw new HttpRequestException("Connection refused.");

        await held.DisposeAsync();

        await held.DisposeAsync();
        Assert.That(_time.Timers, Is.Zero);
    }

    [Test]
    public async Task A_journal_that_is_only_looked_at_is_read_as_the_caller_who_takes_no_key_out_of_the_workspace()
    {
        Assert.That(await ReadAsync(), Is.Empty);
        Assert.That(OpenedTimes(), Is.Zero);
    }

    [Test]
    public async Task A_caller_who_may_not_read_the_storage_reads_the_journal_with_the_workspaces_key()
    {
        await using (var held = await LockAsync())
        {
            await AppendAsync(held, "one\n");
        }

        using var onlooker = new TestWorkspace();
        StorageAnswers.Script(onlooker.Service);
        _blobs.Serve(onlooker.Service);
        _blobs.Before = request => request.Headers["Authorization"].StartsWith("SharedKey", StringComparison.Ordinal)
            ? null
            : InMemoryBlobs.Refuse(HttpStatusCode.Forbidden, "AuthorizationPermissionMismatch");
        var journal = JournalAt(onlooker.Connection);

        var first = Text(await journal.ReadAsync(CancellationToken.None));
        var second = Text(await journal.ReadAsync(CancellationToken.None));

        Assert.That((first, second), Is.EqualTo(("one\n", "one\n")));
        Assert.That(
            onlooker.Service.Requests.Where(request => request.Path.Contains("/datastores/", StringComparison.Ordinal)).Select(request => request.Method),
            Is.EqualTo(new[] { "GET", "POST" }));
    }

    private int OpenedTimes() => _test.Service.Requests.Count(request => request.Path.EndsWith("/listSecrets", StringComparison.Ordinal));

    private JournalBlob JournalAt(AzureConnection connection) => new(connection, "heart", CallTimeout, _time);

    private async Task<IJournalLock> LockAsync(bool takeOver = false) =>
        await _journal.TryLockAsync(takeOver, CancellationToken.None) ?? throw new AssertionException("The lock was not to be had.");

    private async Task<string> ReadAsync() => Text(await _journal.ReadAsync(CancellationToken.None));

    private static Task AppendAsync(IJournalLock held, string lines) =>
        held.AppendAsync(Encoding.UTF8.GetBytes(lines), CancellationToken.None);

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    private void LoseAnswers(string action, int times) => _blobs.After = request =>
    {
        if (AppendBlobs.ActionOf(request) == action && times-- > 0)
        {
            throw new HttpRequestException("Connection reset by peer.");
        }
    };

    private async Task AssertUnavailableAsync(params string[] words)
    {
        var read = await Assert.ThrowsAsync<JournalUnavailableException>(() => _journal.ReadAsync(CancellationToken.None));
        var locked = await Assert.ThrowsAsync<JournalUnavailableException>(
            () => _journal.TryLockAsync(takeOver: false, CancellationToken.None));

        foreach (var word in words)
        {
            Assert.That(read!.Message, Does.Contain(word));
            Assert.That(locked!.Message, Does.Contain(word).And.Contain(First));
        }

        Assert.That(_blobs.Blobs, Is.Empty);
    }
}
