using Azure;
using Azure.ResourceManager.MachineLearning;
using Azure.ResourceManager.MachineLearning.Models;
using Sluice.AzureML.Waiting;
using Sluice.Rollouts;
using Sluice.Rollouts.Ports;

namespace Sluice.AzureML.Endpoints;

/// <summary>Regenerates one of an endpoint's keys, and reads the keys again until the change shows.</summary>
/// <remarks>
/// To send the request twice would replace the key twice, and take the first new one from whoever had read it by then. So it is sent once. When its
/// answer is lost, the keys say whether it arrived; only when they are unchanged on a settled endpoint is it sent again.
/// </remarks>
internal sealed class KeyWrite(MachineLearningOnlineEndpointCollection endpoints, EndpointTurn turn, ISecretMask mask)
{
    /// <summary>Regenerates the key and waits until the new one can be read.</summary>
    /// <exception cref="RequestFailedException">
    /// There is no such endpoint, or it has no keys, or the service refused; or somebody else changed the other key meanwhile.
    /// </exception>
    public async Task RunAsync(LongCall call, string name, EndpointKey key, CancellationToken cancellationToken)
    {
        var before = await KeysAsync(call, name, cancellationToken);
        await turn.WriteAsync(
            call, name, deployment: null, there => PrepareAsync(call, there, name, key, before, cancellationToken), cancellationToken);
        while (!IsNew(await KeysAsync(call, name, cancellationToken), key, before))
        {
            call.Report("Reading back");
            await call.PauseAsync(last: null, cancellationToken);
        }
    }

    private async Task<Func<Task<Operation>>?> PrepareAsync(
        LongCall call,
        MachineLearningOnlineEndpointResource? endpoint,
        string name,
        EndpointKey key,
        Keys before,
        CancellationToken cancellationToken)
    {
        var there = endpoint ?? throw Missing.Endpoint(name);
        if (IsNew(await KeysAsync(call, name, cancellationToken), key, before))
        {
            return null;
        }

        var content = new MachineLearningEndpointKeyRegenerateContent(
            key == EndpointKey.Primary ? MachineLearningKeyType.Primary : MachineLearningKeyType.Secondary);
        return async () => await there.RegenerateKeysAsync(WaitUntil.Started, content, cancellationToken);
    }

    private async Task<Keys> KeysAsync(LongCall call, string name, CancellationToken cancellationToken)
    {
        var found = await call.ReadAsync(() => endpoints.GetIfExistsAsync(name, cancellationToken), cancellationToken);
        var there = found.HasValue ? found.Value! : throw Missing.Endpoint(name);
        if (there.Data.Properties.AuthMode != MachineLearningEndpointAuthMode.Key)
        {
            throw new RequestFailedException(
                400, $"The endpoint '{name}' has the auth mode {there.Data.Properties.AuthMode}, and no keys.", "NoKeys", innerException: null);
        }

        var keys = (await call.ReadAsync(() => there.GetKeysAsync(cancellationToken), cancellationToken)).Value;
        return keys is { PrimaryKey: { } primary, SecondaryKey: { } secondary }
            ? new Keys(mask.Hide(primary), mask.Hide(secondary))
            : throw new RequestFailedException(500, "The service showed less than two keys.", "NoKeys", innerException: null);
    }

    private static bool IsNew(Keys now, EndpointKey key, Keys before)
    {
        var (isChanged, isOtherChanged) = (!now.Primary.IsSameAs(before.Primary), !now.Secondary.IsSameAs(before.Secondary));
        if (key == EndpointKey.Secondary)
        {
            (isChanged, isOtherChanged) = (isOtherChanged, isChanged);
        }

        return isOtherChanged
            ? throw new RequestFailedException(
                412, "Somebody else regenerated the other key meanwhile.", "ForeignKeyChange", innerException: null)
            : isChanged;
    }

    private sealed record Keys(Secret Primary, Secret Secondary);
}
