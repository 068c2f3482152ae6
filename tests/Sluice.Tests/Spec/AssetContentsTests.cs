using System.Security.Cryptography;
using System.Text;
using Sluice.Rollouts.Assets;

namespace Sluice.Tests.Spec;

/// <summary>Which files of a model folder are uploaded, and the hash over them.</summary>
[TestFixture]
[Category("Unit")]
public sealed class AssetContentsTests
{
    [Test]
    public void The_digest_is_the_one_that_az_computes()
    {
        using var folder = new SpecFolder();
        folder.Write("m/MLmodel", "flavors: {}\n");
        folder.Write("m/B/two.txt", "x");
        folder.Write("m/a/deep/one.bin", "yy");
        folder.Write("m/a/zero", "");
        folder.Write("m/_under", "zzz");
        folder.Write("m/Émile.txt", "é");
        Directory.CreateDirectory(folder.File("m/empty"));

        var contents = AssetContents.Read(folder.File("m"));

        // Computed in Python with hashlib, by the algorithm that AssetContents names.
        Assert.That(contents.Digest, Is.EqualTo("f231c26a616cc174460e0177315855f97f6767b8420097511101db91f2c4fc86"));
        Assert.That(contents.OlderDigest, Is.EqualTo("a3849b46340961c667a68664b023396e"));
        Assert.That(contents.Files.Select(file => file.RelativePath), Is.EqualTo(new[]
        {
            "_under", "a/deep/one.bin", "a/zero", "B/two.txt", "MLmodel", "Émile.txt",
        }));
        Assert.That(contents.Bytes, Is.EqualTo(20));
    }

    [TestCase("models/heart-classifier/v1")]
    [TestCase("models/heart-classifier/v2")]
    public void The_digest_of_a_shipped_model_agrees_with_a_second_implementation(string model)
    {
        var contents = AssetContents.Read(Repository.File(model));

        Assert.That(contents.Digest, Is.EqualTo(DigestOf(Repository.File(model))));
    }

    [Test]
    public void A_renamed_file_a_changed_byte_and_a_new_file_change_the_digest()
    {
        using var folder = new SpecFolder();
        var digests = new HashSet<string> { AssetContents.Read(folder.File("model")).Digest };

        File.Move(folder.File("model/conda.yaml"), folder.File("model/conda2.yaml"));
        Assert.That(digests.Add(AssetContents.Read(folder.File("model")).Digest));
        folder.Write("model/conda2.yaml", "name: enw");
        Assert.That(digests.Add(AssetContents.Read(folder.File("model")).Digest));
        folder.Write("model/new", "");
        Assert.That(digests.Add(AssetContents.Read(folder.File("model")).Digest));
    }

    [Test]
    public void What_amlignore_names_is_neither_uploaded_nor_hashed()
    {
        using var folder = new SpecFolder();
        folder.Write("model/.amlignore", "*.log\n/cache\n");
        var before = AssetContents.Read(folder.File("model"));
        folder.Write("model/train.log", "noise");
        folder.Write("model/cache/big.bin", "noise");

        var after = AssetContents.Read(folder.File("model"));

        Assert.That(after.Digest, Is.EqualTo(before.Digest));
        Assert.That(after.Files, Is.EqualTo(before.Files));
        Assert.That(after.Files.Select(file => file.RelativePath), Does.Contain(".amlignore"));
    }

    [Test]
    public void Gitignore_counts_only_without_amlignore()
    {
        using var folder = new SpecFolder();
        folder.Write("model/.gitignore", "*.log\n");
        folder.Write("model/train.log", "noise");
        var withGitignore = AssetContents.Read(folder.File("model"));
        folder.Write("model/.amlignore", "# nothing\n");

        var withAmlignore = AssetContents.Read(folder.File("model"));

        Assert.That(withGitignore.Files.Select(file => file.RelativePath), Does.Not.Contain("train.log"));
        Assert.That(withAmlignore.Files.Select(file => file.RelativePath), Does.Contain("train.log"));
    }

    [Test]
    public void A_file_that_the_model_names_and_an_ignore_file_leaves_out_is_a_mistake()
    {
        using var folder = new SpecFolder();
        folder.Write("model/.amlignore", "conda.yaml\n");

        Assert.That(folder.Mistakes(), Is.EqualTo(new[]
        {
            "model/MLmodel(8,14): flavors.python_function.env.conda names conda.yaml, which the folder does not have, or an ignore file "
                + "leaves out.",
        }));
    }

    [Test]
    public void A_link_within_the_folder_is_followed()
    {
        using var folder = new SpecFolder();
        folder.Write("model/files/weights.bin", "weights");
        File.CreateSymbolicLink(folder.File("model/weights.bin"), "files/weights.bin");
        Directory.CreateSymbolicLink(folder.File("model/more"), folder.File("model/files"));
        var file = folder.File("model/files/weights.bin");
        var written = File.GetLastWriteTimeUtc(file);

        var contents = AssetContents.Read(folder.File("model"));

        Assert.That(contents.Files.Where(file => file.RelativePath.EndsWith("weights.bin", StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            new AssetFile("files/weights.bin", file, 7, written),
            new AssetFile("more/weights.bin", file, 7, written),
            new AssetFile("weights.bin", file, 7, written),
        }));
    }

    [TestCase("../local.json", "outside the folder that is uploaded")]
    [TestCase("/etc/hostname", "outside the folder that is uploaded")]
    [TestCase("..", "outside the folder that is uploaded")]
    [TestCase("nowhere", "does not exist")]
    public void A_link_that_leaves_the_folder_or_leads_nowhere_is_refused(string target, string why)
    {
        using var folder = new SpecFolder();
        File.CreateSymbolicLink(folder.File("model/link"), target);

        Assert.That(folder.Mistakes(), Has.Length.EqualTo(1));
        Assert.That(folder.Mistakes()[0], Does.StartWith($"model/link: The link points to {target}, ").And.Contain(why));
    }

    [Test]
    public void A_link_that_leaves_the_folder_through_another_link_is_refused()
    {
        using var folder = new SpecFolder();
        folder.Write("model/.amlignore", "hidden\n");
        Directory.CreateSymbolicLink(folder.File("model/hidden"), "..");
        File.CreateSymbolicLink(folder.File("model/link"), "hidden/local.json");

        Assert.That(
            () => AssetContents.Read(folder.File("model")),
            Throws.TypeOf<AssetException>().With.Message.Contains("outside the folder that is uploaded"));
    }

    [Test]
    public void A_folder_that_is_reached_through_a_link_is_read_as_itself()
    {
        using var folder = new SpecFolder();
        Directory.CreateSymbolicLink(folder.File("alias"), folder.File("model"));
        File.CreateSymbolicLink(folder.File("model/link"), "conda.yaml");

        var contents = AssetContents.Read(folder.File("alias"));

        Assert.That(contents.Digest, Is.EqualTo(AssetContents.Read(folder.File("model")).Digest));
    }

    [TestCase("loop", "loop")]
    [TestCase("loop", "loop/deeper")]
    [TestCase("loop", ".")]
    public void Links_in_a_circle_are_refused_and_no_endless_walk(string name, string target)
    {
        using var folder = new SpecFolder();
        Directory.CreateSymbolicLink(folder.File($"model/{name}"), target);

        Assert.That(() => AssetContents.Read(folder.File("model")), Throws.TypeOf<AssetException>());
    }

    [Test]
    public void A_folder_that_does_not_exist_is_named()
    {
        using var folder = new SpecFolder();

        Assert.That(
            () => AssetContents.Read(folder.File("none")),
            Throws.TypeOf<AssetException>().With.Property("File").EqualTo(folder.File("none")));
    }

    [Test]
    public void A_single_file_is_hashed_by_its_bytes_alone()
    {
        using var folder = new SpecFolder();
        folder.Write("weights.bin", "weights");

        var contents = AssetContents.Read(folder.File("weights.bin"));

        // Computed in Python with hashlib, by the algorithm that AssetHash names.
        using (Assert.EnterMultipleScope())
        {
            Assert.That(contents.Digest, Is.EqualTo("38b6d4ed68197a94f1a1efdb93af02476dd2445dadaa9df1ba9731a258d53075"));
            Assert.That(contents.OlderDigest, Is.EqualTo("2d2a97f6f8731fcadfd6fd04fd60f2dd"));
            Assert.That((contents.Name, contents.IsFile, contents.Bytes), Is.EqualTo(("weights.bin", true, 7)));
            Assert.That(contents.Files.Select(file => file.RelativePath), Is.EqualTo(new[] { "weights.bin" }));
        }
    }

    [Test]
    public void The_file_that_stands_for_the_whole_is_the_first_in_the_order_of_code_points_whatever_the_case()
    {
        using var folder = new SpecFolder();
        folder.Write("m/a.txt", "a");
        folder.Write("m/Z/z.txt", "z");
        folder.Write("m/Z.txt", "Z");

        var contents = AssetContents.Read(folder.File("m"));

        // "." comes before "/": Z.txt before Z/z.txt, and capitals before a.
        Assert.That(contents.Indicator.RelativePath, Is.EqualTo("Z.txt"));
        Assert.That(contents.Files[0].RelativePath, Is.EqualTo("a.txt"));
    }

    [Test]
    public void A_folder_reached_by_a_link_has_the_name_of_the_real_one()
    {
        using var folder = new SpecFolder();
        Directory.CreateSymbolicLink(folder.File("alias"), folder.File("model"));

        Assert.That(AssetContents.Read(folder.File("alias")).Name, Is.EqualTo("model"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_folder_without_files_is_refused(bool withIgnoreFile)
    {
        using var folder = new SpecFolder();
        Directory.CreateDirectory(folder.File("m/empty"));
        if (withIgnoreFile)
        {
            folder.Write("m/.gitignore", "*\n");
        }

        Assert.That(
            () => AssetContents.Read(folder.File("m")), Throws.TypeOf<AssetException>().With.Message.Contains("has no files"));
    }

    [Test]
    public void What_changes_after_the_reading_is_found_without_reading_again()
    {
        using var folder = new SpecFolder();
        var contents = AssetContents.Read(folder.File("model"));
        Assert.That(contents.FindChanges(), Is.Empty);

        File.AppendAllText(folder.File("model/conda.yaml"), "!");
        File.Delete(folder.File("model/model.onnx"));
        folder.Write("model/new.txt", "");
        File.SetLastWriteTimeUtc(folder.File("model/MLmodel"), DateTime.UnixEpoch);

        Assert.That(contents.FindChanges(), Is.EqualTo(new[] { "MLmodel", "conda.yaml", "model.onnx", "new.txt" }));
    }

    /// <summary>The algorithm once more, over one array of bytes, for folders of plain ASCII names.</summary>
    private static string DigestOf(string folder)
    {
        var bytes = new List<byte>(Encoding.ASCII.GetBytes("Initialize for october 2021 AML CLI version"));
        Append(folder);
        return Convert.ToHexString(SHA256.HashData([.. bytes])).ToLowerInvariant();

        void Append(string path)
        {
            foreach (var entry in Directory.GetFileSystemEntries(path).OrderBy(entry => entry.ToLowerInvariant(), StringComparer.Ordinal))
            {
                bytes.AddRange(Encoding.ASCII.GetBytes(Path.GetFileName(entry)));
                if (Directory.Exists(entry))
                {
                    Append(entry);
                }
                else
                {
                    bytes.AddRange(File.ReadAllBytes(entry));
                }
            }
        }
    }
}
