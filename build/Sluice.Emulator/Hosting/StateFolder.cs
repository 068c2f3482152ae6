namespace Sluice.Emulator.Hosting;

/// <summary>The folder that outlives the process, and the names of what lies in it. Only its owner can read it.</summary>
internal sealed class StateFolder
{
    private StateFolder(string root) => Root = root;

    /// <summary>Full path of the folder.</summary>
    public string Root { get; }

    /// <summary>Held locked by the serving process.</summary>
    public string LockFile => Path.Combine(Root, "lock");

    /// <summary>Written by the serving process for those that attach.</summary>
    public string ConnectionFile => Path.Combine(Root, "connection.json");

    /// <summary>The server's certificate.</summary>
    public string CertificateFile => Path.Combine(Root, "certificate.pem");

    /// <summary>The certificate's private key.</summary>
    public string KeyFile => Path.Combine(Root, "key.pem");

    /// <summary>The database.</summary>
    public string DatabaseFile => Path.Combine(Root, "state.db");

    /// <summary>The blobs' contents, one file each.</summary>
    public string Blobs => Path.Combine(Root, "blobs");

    /// <summary>The model folders that deployments were started from.</summary>
    public string Containers => Path.Combine(Root, "containers");

    /// <summary>
    /// Makes the folder when missing and takes everybody else's rights away. It may lie in anybody's repository, and is to be committed to none:
    /// it holds secrets.
    /// </summary>
    public static StateFolder Open(string path)
    {
        var root = Path.GetFullPath(path);
        OwnerOnly.MakeFolder(root);
        var ignored = Path.Combine(root, ".gitignore");
        if (!File.Exists(ignored))
        {
            OwnerOnly.Write(ignored, "*\n");
        }

        return new StateFolder(root);
    }

    /// <summary>
    /// Deletes what killed processes left: the connection that nobody answers at any more, and files that were never finished, which hold
    /// the bearer token or the key.
    /// </summary>
    public void DeleteLeftovers()
    {
        File.Delete(ConnectionFile);
        foreach (var file in new[] { ConnectionFile, CertificateFile, KeyFile })
        {
            OwnerOnly.DeleteUnfinished(file);
        }
    }

    /// <summary>Deletes what the emulator made, except the lock, which whoever clears holds.</summary>
    public void Clear(CancellationToken cancellationToken)
    {
        DeleteLeftovers();
        foreach (var file in new[] { CertificateFile, KeyFile, DatabaseFile, $"{DatabaseFile}-wal", $"{DatabaseFile}-shm" })
        {
            File.Delete(file);
        }

        foreach (var folder in new[] { Blobs, Containers })
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
            else
            {
                File.Delete(folder);
            }
        }
    }
}
