/// Contents that leave the team by a link: making sends, and opening them without being anybody's member.
package dev.cofre.client.send;
