using Sluice.Sessions;

namespace Sluice.Tests.Sessions;

[TestFixture]
[Category("Unit")]
internal sealed class SourceCommitTests
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private DirectoryInfo _folder = null!;

    [SetUp]
    public void MakeTheFolder() => _folder = Directory.CreateTempSubdirectory("sluice-commit-");

    [TearDown]
    public void DeleteTheFolder() => _folder.Delete(recursive: true);

    [Test]
    public void A_branch_is_followed_to_its_commit()
    {
        Write(".git/HEAD", "ref: refs/heads/main\n");
        Write(".git/refs/heads/main", Commit.ToUpperInvariant() + "\n");

        Assert.That(SourceCommit.Of(_folder.FullName), Is.EqualTo(Commit));
    }

    [Test]
    public void A_branch_that_was_packed_is_found_among_the_packed_ones()
    {
        Write(".git/HEAD", "ref: refs/heads/main\n");
        Write(".git/packed-refs", $"# pack-refs with: peeled fully-peeled sorted\n{new string('f', 40)} refs/heads/domain\n{Commit} refs/heads/main\n");

        Assert.That(SourceCommit.Of(_folder.FullName), Is.EqualTo(Commit));
    }

    [Test]
    public void A_commit_that_is_checked_out_by_itself_is_that_one()
    {
        Write(".git/HEAD", Commit + "\n");

        Assert.That(SourceCommit.Of(_folder.FullName), Is.EqualTo(Commit));
    }

    [Test]
    public void A_further_working_tree_is_followed_to_the_repository()
    {
        Write("tree/.git", $"gitdir: {_folder.FullName}/main/.git/worktrees/tree\n");
        Write("main/.git/worktrees/tree/HEAD", "ref: refs/heads/other\n");
        Write("main/.git/worktrees/tree/commondir", "../..\n");
        Write("main/.git/refs/heads/other", Commit + "\n");

        Assert.That(SourceCommit.Of(Path.Combine(_folder.FullName, "tree")), Is.EqualTo(Commit));
    }

    [TestCase("tools/sluice")]
    [TestCase("tree/sluice")]
    public void In_a_folder_of_a_bigger_repository_it_is_that_one_s(string below)
    {
        Write("tree/.git", "gitdir: ../.git/worktrees/tree\n");
        Write(".git/worktrees/tree/HEAD", "ref: refs/heads/main\n");
        Write(".git/worktrees/tree/commondir", "../..\n");
        Write(".git/HEAD", "ref: refs/heads/main\n");
        Write(".git/refs/heads/main", Commit + "\n");

        Assert.That(SourceCommit.Of(_folder.CreateSubdirectory(below).FullName), Is.EqualTo(Commit));
    }

    [TestCase(null)]
    [TestCase("ref: refs/heads/unborn\n")]
    [TestCase("ref: ../../secret\n")]
    [TestCase("<script>\n")]
    [TestCase("")]
    public void Where_there_is_no_commit_none_is_told(string? head)
    {
        Write("secret", Commit);
        if (head is not null)
        {
            Write(".git/HEAD", head);
        }

        Assert.That(SourceCommit.Of(_folder.FullName), Is.Null);
    }

    private void Write(string path, string text)
    {
        var file = new FileInfo(Path.Combine(_folder.FullName, path));
        file.Directory!.Create();
        File.WriteAllText(file.FullName, text);
    }
}
