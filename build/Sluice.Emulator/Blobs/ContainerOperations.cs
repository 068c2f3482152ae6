using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Sluice.Emulator.Blobs;

/// <summary>What can be done with the account and its containers.</summary>
internal sealed partial class ContainerOperations(BlobStore store, TimeProvider time)
{
    private const string WithMetadata = "metadata";
    private static readonly string[] ContainerIncludes = [WithMetadata, "deleted", "system"];

    // Of most of it there is nothing here; blobs that are nothing but uploaded blocks are left out.
    private static readonly string[] BlobIncludes =
    [
        WithMetadata, "snapshots", "uncommittedblobs", "copy", "deleted", "tags", "versions", "deletedwithversions", "immutabilitypolicy", "legalhold",
        "permissions",
    ];

    /// <summary>Shows the account's kind, which may be asked of each of its containers and blobs too.</summary>
    public static Task GetAccount(BlobExchange exchange)
    {
        exchange.Set("x-ms-sku-name", "Standard_LRS");
        exchange.Set("x-ms-account-kind", "StorageV2");
        exchange.Set("x-ms-is-hns-enabled", "false");
        exchange.Answer(200);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Shows the properties of the service, which are those of an account where nobody has switched anything on. The elements and their
    /// order are those of the service's documentation ("Get Blob Service Properties").
    /// </summary>
    public static Task GetService(BlobExchange exchange)
    {
        exchange.Grant.Require("r");
        var (version, off) = (new XElement("Version", "1.0"), new XElement("Enabled", false));
        var kept = new XElement("RetentionPolicy", off);
        var properties = new XElement(
            "StorageServiceProperties",
            new XElement("Logging", version, new XElement("Delete", false), new XElement("Read", false), new XElement("Write", false), kept),
            new XElement("HourMetrics", version, off, kept),
            new XElement("MinuteMetrics", version, off, kept),
            new XElement("Cors"),
            new XElement("DeleteRetentionPolicy", off),
            new XElement("StaticWebsite", off));
        return exchange.AnswerAsync(properties.WriteTo);
    }

    /// <summary>Lists containers.</summary>
    public Task ListAll(BlobExchange exchange)
    {
        exchange.Grant.Require("l");
        var (prefix, marker, size) = (exchange.Query("prefix") ?? "", ListMarker.Read(exchange), ListMarker.Size(exchange));
        var include = Includes(exchange, ContainerIncludes);
        var found = store.ListContainers(prefix, marker, size + 1);
        return exchange.AnswerAsync(xml =>
        {
            ListXml.Start(xml, exchange, container: null, prefix, size);
            xml.WriteStartElement("Containers");
            foreach (var (name, entry) in found.Take(size))
            {
                xml.WriteStartElement("Container");
                xml.WriteElementString("Name", name);
                xml.WriteStartElement("Properties");
                xml.WriteElementString("Last-Modified", entry.ModifiedAt.ToString("R", CultureInfo.InvariantCulture));
                xml.WriteElementString("Etag", entry.ETag);
                ListXml.WriteLease(xml, entry.Lease, time.GetUtcNow());
                xml.WriteEndElement();
                if (include.Contains(WithMetadata))
                {
                    ListXml.WriteMetadata(xml, entry.Metadata);
                }

                xml.WriteEndElement();
            }

            xml.WriteEndElement();
            ListXml.End(xml, found.Count > size ? found[size - 1].Name : null);
        });
    }

    /// <summary>Creates a container.</summary>
    public Task Create(BlobExchange exchange)
    {
        exchange.Grant.RequireOfContainer("cw");
        if (!ContainerName().IsMatch(exchange.Container))
        {
            throw BlobRefuse.InvalidName(
                $"The container name '{exchange.Container}' is invalid: 3 to 63 lower-case letters, digits and single '-', a letter or digit first and last.");
        }

        var created = store.ChangeContainer(exchange.Container, existing => existing is null
            ? new ContainerEntry(BlobStore.NewETag(), time.GetUtcNow(), exchange.Metadata(), Lease: null)
            : throw BlobRefuse.ContainerExists())!;
        exchange.SetVersion(created.ETag, created.ModifiedAt);
        exchange.Answer(201);
        return Task.CompletedTask;
    }

    /// <summary>Shows a container's properties and metadata.</summary>
    public Task Get(BlobExchange exchange)
    {
        exchange.Grant.RequireOfContainer("rl");
        var container = store.FindContainer(exchange.Container) ?? throw BlobRefuse.ContainerNotFound();
        Lease.CheckRead(container.Lease, exchange.LeaseId, time.GetUtcNow(), "Container");
        exchange.SetVersion(container.ETag, container.ModifiedAt);
        exchange.SetMetadata(container.Metadata);
        exchange.SetLease(container.Lease, time.GetUtcNow());
        exchange.Set("x-ms-has-immutability-policy", "false");
        exchange.Set("x-ms-has-legal-hold", "false");
        exchange.Answer(200);
        return Task.CompletedTask;
    }

    /// <summary>Replaces a container's metadata.</summary>
    public Task SetMetadata(BlobExchange exchange)
    {
        exchange.Grant.RequireOfContainer("w");
        var changed = store.ChangeContainer(exchange.Container, existing =>
        {
            var container = existing ?? throw BlobRefuse.ContainerNotFound();
            Lease.CheckRead(container.Lease, exchange.LeaseId, time.GetUtcNow(), "Container");
            exchange.Conditions.CheckWrite(container.ETag, container.ModifiedAt);
            return container with { ETag = BlobStore.NewETag(), ModifiedAt = time.GetUtcNow(), Metadata = exchange.Metadata() };
        })!;
        exchange.SetVersion(changed.ETag, changed.ModifiedAt);
        exchange.Answer(200);
        return Task.CompletedTask;
    }

    /// <summary>Deletes a container with all that is in it.</summary>
    public Task Delete(BlobExchange exchange)
    {
        exchange.Grant.RequireOfContainer("d");
        store.ChangeContainer(exchange.Container, existing =>
        {
            var container = existing ?? throw BlobRefuse.ContainerNotFound();
            Lease.CheckWrite(container.Lease, exchange.LeaseId, time.GetUtcNow(), "Container");
            exchange.Conditions.CheckWrite(container.ETag, container.ModifiedAt);
            return null;
        });
        exchange.Answer(202);
        return Task.CompletedTask;
    }

    /// <summary>Lists blobs, flat or, with a delimiter, as a hierarchy.</summary>
    public Task ListBlobs(BlobExchange exchange)
    {
        exchange.Grant.Require("l");
        var (prefix, size) = (exchange.Query("prefix") ?? "", ListMarker.Size(exchange));
        var delimiter = exchange.Query("delimiter");
        var include = Includes(exchange, BlobIncludes);
        var listing = BlobListing.Read(store, exchange.Container, prefix, delimiter, ListMarker.Read(exchange), size);
        return exchange.AnswerAsync(xml =>
        {
            ListXml.Start(xml, exchange, exchange.Container, prefix, size);
            if (delimiter is not null)
            {
                ListXml.WriteText(xml, "Delimiter", delimiter);
            }

            xml.WriteStartElement("Blobs");
            foreach (var item in listing.Items)
            {
                if (item.Entry is { } entry)
                {
                    ListXml.WriteBlob(xml, item.Name, entry, include.Contains(WithMetadata), time.GetUtcNow());
                }
                else
                {
                    xml.WriteStartElement("BlobPrefix");
                    ListXml.WriteText(xml, "Name", item.Name);
                    xml.WriteEndElement();
                }
            }

            xml.WriteEndElement();
            ListXml.End(xml, listing.Last);
        });
    }

    private static IReadOnlyList<string> Includes(BlobExchange exchange, IReadOnlyList<string> known)
    {
        var asked = exchange.Query("include");
        IReadOnlyList<string> include = [.. (asked ?? "").ToLowerInvariant().Split(',', StringSplitOptions.RemoveEmptyEntries)];
        return include.All(known.Contains) ? include : throw BlobRefuse.InvalidQuery("include", asked, string.Join(", ", known));
    }

    [GeneratedRegex(@"\A(\$root|\$web|[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9])\z", RegexOptions.CultureInvariant)]
    private static partial Regex ContainerName();
}
