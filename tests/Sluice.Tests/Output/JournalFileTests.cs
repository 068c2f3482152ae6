using Sluice.Output;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;

namespace Sluice.Tests.Output;

[Category("Unit")]
internal sealed class JournalFileTests
{
    private static readonly JournalEvent Begun = new StageStarted(DateTimeOffset.UnixEpoch, Stage.Canary) { Rollout = "rollout-1" };

    [Test]
    public void What_is_recorded_can_be_read_back_while_the_file_is_open()
    {
        var folder = Directory.CreateTempSubdirectory("sluice-journal-");
        var said = new List<string>();
        try
        {
            using var file = new JournalFile(Path.Combine(folder.FullName, "artifacts", "journal.jsonl"), said.Add);

            file.Recorded(Begun);

            Assert.That(file.RecordedOf("rollout-1"), Is.EqualTo(new[] { Begun }));
            Assert.That(said, Is.Empty);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [TestCase("artifacts", Description = "The folder is a file.")]
    [TestCase("artifacts/journal.jsonl/x", Description = "The file is a folder.")]
    public void A_copy_that_cannot_be_opened_is_said_once_and_ends_nothing(string obstacle)
    {
        var folder = Directory.CreateTempSubdirectory("sluice-journal-");
        var said = new List<string>();
        try
        {
            var path = Path.Combine(folder.FullName, obstacle);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "");
            using (var file = new JournalFile(Path.Combine(folder.FullName, "artifacts", "journal.jsonl"), said.Add))
            {
                file.Recorded(Begun);

                Assert.That(() => file.RecordedOf("rollout-1"), Throws.InstanceOf<IOException>());
            }

            Assert.That(said, Has.Count.EqualTo(1));
            Assert.That(said[0], Does.StartWith("There is no copy of the journal on this machine: "));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Test]
    [Platform(Include = "Linux", Reason = "Nothing else has a disk that is always full.")]
    public void A_full_disk_is_said_once_and_ends_nothing()
    {
        var said = new List<string>();
        using (var file = new JournalFile("/dev/full", said.Add))
        {
            file.Recorded(Begun);
            file.Recorded(Begun);

            Assert.That(() => file.RecordedOf("rollout-1"), Throws.InstanceOf<IOException>().With.Message.StartsWith("the copy of the journal is not whole: "));
        }

        Assert.That(said, Has.Count.EqualTo(1));
        Assert.That(said[0], Does.StartWith("artifacts/full ends here, as it can't be written: "));
    }
}
