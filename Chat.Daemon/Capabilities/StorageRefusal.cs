using Chat.Daemon.Sessions;

namespace Chat.Daemon.Capabilities;

/// <summary>A failure of the storage, as a plugin gets it: the refusal that a client would get, not a bug of the plugin's.</summary>
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
        catch (Exception e) when (Refusal.CodeOf(e) is not null)
        {
            var code = Refusal.CodeOf(e)!;
            throw new RefusalException(code, texts.Of(code));
        }
    }
}
