using System.Text.Json;

namespace Sluice.Emulator.Arm;

/// <summary>A resource whose tags can be read and changed without the rest of it.</summary>
internal interface ITaggedResource
{
    /// <summary>The ARM id of the resource that a request is about, and its tags.</summary>
    (string Id, JsonElement Tags) ReadTags(ArmRequest request);

    /// <summary>Changes the tags where a PATCH of the resource might, and gives them as they are then.</summary>
    /// <param name="request">The request.</param>
    /// <param name="change">The tags in force to those that are wanted.</param>
    JsonElement ChangeTags(ArmRequest request, Func<JsonElement, JsonElement> change);
}
