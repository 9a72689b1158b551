using Microsoft.Extensions.DependencyInjection;

namespace Chat.Plugins.Welcome;

/// <summary>Registers the service that lives as long as the plugin.</summary>
public sealed class WelcomePlugin : IChatPlugin
{
    public void Configure(IPluginBuilder plugin) => plugin.Services.AddSingleton<Greetings>();
}
