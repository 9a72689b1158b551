using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Accounts;

internal static class AccountRegistration
{
    public static IServiceCollection AddAccounts(this IServiceCollection services) => services
        .AddSingleton<AccountStore>()
        .AddSingleton<PasswordHasher>()
        .AddSingleton<GuessLimits>()
        .AddSingleton<KnownNetworkStore>()
        .AddSingleton<Credentials>()
        .AddSingleton<Bans>()
        .AddSingleton<Mutes>()
        .AddSingleton<RuntimePermissions>()
        .AddSingleton<FirstAdmin>()
        .AddSingleton<FirstAdminPassword>();
}
