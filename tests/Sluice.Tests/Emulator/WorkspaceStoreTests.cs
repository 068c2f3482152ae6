using System.Collections.Immutable;
using System.Text.Json;
using Sluice.Emulator.Faults;
using Sluice.Emulator.Store;
using Sluice.Emulator.Workspaces;

namespace Sluice.Tests.Emulator;

/// <summary>What is read of a state folder.</summary>
[TestFixture]
[Category("Unit")]
internal sealed class WorkspaceStoreTests
{
    [Test]
    public void Versions_that_were_written_without_a_container_get_one_as_old_as_the_first_of_them()
    {
        var folder = Directory.CreateTempSubdirectory("sluice-store-");
        try
        {
            using var database = Database.Open(Path.Combine(folder.FullName, "state.db"), new Disk(new LiveFaults(1, TimeProvider.System)));
            using (var connection = database.Connect())
            {
                var none = ImmutableDictionary<string, AssetVersion>.Empty;
                new DocumentTable<AssetVersion>("codeVersion", StateJson.Default.AssetVersion)
                    .Save(connection, none, none.Add("score/2", Version("2", Sample.Now.AddDays(1))).Add("score/1", Version("1", Sample.Now)));
            }

            var container = new WorkspaceStore(database).Current.CodeContainers.Values.Single();

            Assert.That((container.Name, container.CreatedAt, container.IsArchived), Is.EqualTo(("score", Sample.Now, false)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Test]
    public void A_change_waits_for_its_turn_among_all_who_write_to_the_database()
    {
        var folder = Directory.CreateTempSubdirectory("sluice-store-");
        try
        {
            using var database = Database.Open(Path.Combine(folder.FullName, "state.db"), new Disk(new LiveFaults(1, TimeProvider.System)));
            var store = new WorkspaceStore(database);
            var writer = new Thread(() => store.Update(state => (state with { TagSets = state.TagSets.Add("a", new TagSet(JsonElement.Parse("{}"))) }, 0)));
            using (database.TakeTurn())
            {
                writer.Start();
                Assert.That(() => writer.ThreadState, Is.EqualTo(ThreadState.WaitSleepJoin).After(30_000, 1));
                Assert.That(store.Current.TagSets, Is.Empty);
            }

            writer.Join();
            Assert.That(new WorkspaceStore(database).Current.TagSets.Keys, Is.EqualTo(new[] { "a" }));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static AssetVersion Version(string version, DateTimeOffset created) =>
        new("score", version, IsArchived: false, JsonElement.Parse("{}"), created, created);
}
