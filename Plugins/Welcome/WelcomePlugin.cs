using Microsoft.Extensions.DependencyInjection;

[assembly: Chat.ChatPlugin(Id = "welcome")]

namespace Chat.Plugins.Welcome;

/// <summary>Greets who comes into a room that has a greeting.</summary>
public sealed class WelcomePlugin : IChatPlugin
{
    public void Configure(IPluginBuilder plugin)
    {
        plugin.Services.AddSingleton<Greetings>();
        plugin.Handle<UserJoined, Greeter>();
        WelcomeCommands.Declare(plugin);
    }
}
