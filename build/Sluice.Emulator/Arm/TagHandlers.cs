using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Arm;

/// <summary>
/// The routes of a resource's tags, below <c>providers/Microsoft.Resources/tags/default</c>: <c>az tag</c> uses them, and so do AddTag, SetTags
/// and RemoveTag of the .NET client. What they do is in Azure's REST documentation (Tags, "At Scope"). Newer api-versions know a 202 too; 200
/// is an answer of all of them, and says that the tags have changed: SetTags deletes them and sets them anew in one breath.
/// </summary>
internal sealed class TagHandlers(ITaggedResource resource)
{
    private const string Merge = "Merge";
    private const string Replace = "Replace";

    /// <summary>Reads the tags.</summary>
    public Task<ArmReply> Get(ArmRequest request)
    {
        var (id, tags) = resource.ReadTags(request);
        return Task.FromResult(Answer(id, tags));
    }

    /// <summary>Replaces all tags.</summary>
    public async Task<ArmReply> Put(ArmRequest request)
    {
        var sent = ReadTags(await request.ReadAsync());
        return Change(request, _ => sent);
    }

    /// <summary>Adds to the tags, replaces them, or deletes some: those of a name, or where a value is sent too, of that name and value.</summary>
    public async Task<ArmReply> Patch(ArmRequest request)
    {
        var body = await request.ReadAsync();
        var operation = body.TakeRequiredChoice("operation", Merge, Replace, "Delete");
        var sent = ReadTags(body);
        return Change(request, tags => operation switch
        {
            Merge => TagRules.Check(Merged(tags, sent)),
            Replace => sent,
            _ => Without(tags, sent),
        });
    }

    /// <summary>Deletes all tags.</summary>
    public Task<ArmReply> Delete(ArmRequest request)
    {
        resource.ChangeTags(request, _ => ArmJson.Empty);
        return Task.FromResult(ArmReply.Done);
    }

    private static JsonElement ReadTags(JsonInput body) => body.TakeRequiredObject("properties").TakeTags("tags") ?? ArmJson.Empty;

    private static JsonElement Merged(JsonElement tags, JsonElement sent)
    {
        var merged = IgnoringCase(tags);
        foreach (var tag in sent.EnumerateObject())
        {
            merged[tag.Name] = ArmJson.Node(tag.Value);
        }

        return ArmJson.Keep(merged);
    }

    private static JsonElement Without(JsonElement tags, JsonElement sent)
    {
        var left = IgnoringCase(tags);
        foreach (var tag in sent.EnumerateObject())
        {
            if (tag.Value.GetString() is not { Length: > 0 } value || value == (string?)left[tag.Name])
            {
                left.Remove(tag.Name);
            }
        }

        return ArmJson.Keep(left);
    }

    private static JsonObject IgnoringCase(JsonElement tags) => JsonObject.Create(tags, new JsonNodeOptions { PropertyNameCaseInsensitive = true })!;

    private static ArmReply Answer(string id, JsonElement tags) => ArmReply.Ok(new JsonObject
    {
        ["id"] = $"{id}/providers/Microsoft.Resources/tags/default",
        ["name"] = "default",
        ["type"] = "Microsoft.Resources/tags",
        ["properties"] = new JsonObject { ["tags"] = ArmJson.Object(tags) },
    });

    private ArmReply Change(ArmRequest request, Func<JsonElement, JsonElement> change)
    {
        var changed = resource.ChangeTags(request, change);
        return Answer(resource.ReadTags(request).Id, changed);
    }
}
