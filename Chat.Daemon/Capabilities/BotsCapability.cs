using Chat.Daemon.Accounts;
using Chat.Daemon.Configuration;
using Chat.Daemon.Messages;
using Chat.Daemon.Sessions;
using Chat.Protocol;

namespace Chat.Daemon.Capabilities;

/// <inheritdoc cref="IBots"/>
/// <remarks>Disposed with the plugin's container: code of the plugin that still runs afterwards cannot write.</remarks>
internal sealed class BotsCapability(
    string plugin, BotAccounts botAccounts, BotMessages messages, OptionsSource options) : IBots, IDisposable
{
    private volatile bool isDisposed;

    private BotMessages Messages => messages;

    private SessionTexts Texts => SessionTexts.For(null, options.Current.Language);

    public async Task<IBot> EnsureAsync(string name, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(isDisposed, typeof(IBots));
        if (!UserName.TryParse(name, out var parsed)) throw Refused(new(RefusalCode.BadName));
        var (account, refusal) = await botAccounts.EnsureAsync(parsed, plugin, cancellation).OrRefusedAsync(Texts);
        return account is null ? throw Refused(new(refusal!)) : new PluginBot(this, account);
    }

    public void Dispose() => isDisposed = true;

    private RefusalException Refused(Refusal refusal) => refusal.ToException(Texts);

    private sealed class PluginBot(BotsCapability bots, Account account) : IBot
    {
        private readonly Bot bot = new(account.Id);

        public User User { get; } = new(Identity.OfAccount(account.Id).Key, account.Name.Text, account.Role);

        public Task<long> SendAsync(Room room, string text, CancellationToken cancellation) =>
            PostAsync(new(room, null), text, null, cancellation);

        public Task<long> SendAsync(Room room, string text, long replyTo, CancellationToken cancellation) =>
            PostAsync(new(room, null), text, replyTo, cancellation);

        public Task<long> SendAsync(User to, string text, CancellationToken cancellation) =>
            PostAsync(new(null, to), text, null, cancellation);

        public Task EditAsync(Room room, long number, string text, CancellationToken cancellation) =>
            CheckAsync(() => bots.Messages.EditAsync(bot, new(room, null), number, text, cancellation));

        public Task EditAsync(User with, long number, string text, CancellationToken cancellation) =>
            CheckAsync(() => bots.Messages.EditAsync(bot, new(null, with), number, text, cancellation));

        public Task DeleteAsync(Room room, long number, CancellationToken cancellation) =>
            CheckAsync(() => bots.Messages.DeleteAsync(bot, new(room, null), number, cancellation));

        public Task DeleteAsync(User with, long number, CancellationToken cancellation) =>
            CheckAsync(() => bots.Messages.DeleteAsync(bot, new(null, with), number, cancellation));

        private async Task<long> PostAsync(BotPlace place, string text, long? replyTo, CancellationToken cancellation)
        {
            ObjectDisposedException.ThrowIf(bots.isDisposed, typeof(IBot));
            var (number, refusal) = await bots.Messages.PostAsync(bot, new(place, text, replyTo), cancellation).OrRefusedAsync(bots.Texts);
            return refusal is null ? number : throw bots.Refused(refusal);
        }

        private async Task CheckAsync(Func<Task<Refusal?>> change)
        {
            ObjectDisposedException.ThrowIf(bots.isDisposed, typeof(IBot));
            if (await change().OrRefusedAsync(bots.Texts) is { } refusal) throw bots.Refused(refusal);
        }
    }
}
