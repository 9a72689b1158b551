using Chat.Daemon.Sessions;

namespace Chat.Daemon.Capabilities;

/// <summary>
/// Turns a failure of the storage into the refusal that a client would get, so that it does not count as a bug of the plugin.
/// </summary>
internal static class StorageRefusal
{
    public static async Task<T> OrRefusedAsync<T>(this Task<T> work, SessionTexts texts)
    {
        await ((Task)work).OrRefusedAsync(texts);
        return await work;
    }

    public static async Task OrRefusedAsync(this Task work, SessionTexts texts)
    {
        try
        {
            await work;
        }
        catch (Exception e) when (Refusal.OfStorage(e) is Refusal refusal)
        {
            throw refusal.ToException(texts);
        }
    }
}
